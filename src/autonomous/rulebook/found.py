"""Remembers what single rules found in the last few files: the findings of one file are fixed one after the other."""

from collections import OrderedDict
from typing import Final, TypeAlias

from autonomous.analysis.source import Source
from autonomous.model.digest import Digest
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.identity import fingerprints
from autonomous.rulebook.ready import ReadyRule

Identified: TypeAlias = tuple[Hit, Digest]
"""A match with the fingerprint of its finding."""

_FILES: Final = 4


class Found:
    """Matches by rule and by the path and content of a file."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, bytes], tuple[Source, dict[str, tuple[Identified, ...]]]]
        self._files = OrderedDict()

    def matches(self, ready: ReadyRule, source: Source) -> tuple[Source, tuple[Identified, ...]]:
        """Return every match of a rule, and the source whose nodes they hold: the first one read of that content.

        Raises what the rule raises for a file that it can't get through.
        """
        key = (source.path, source.data)
        first, by_rule = self._files.setdefault(key, (source, {}))
        self._files.move_to_end(key)
        if len(self._files) > _FILES:
            self._files.popitem(last=False)
        rule = ready.rule.id
        if rule not in by_rule:
            found = fingerprints(first, ready.engine.hits(first))
            by_rule[rule] = tuple((hit, digest) for _, hit, digest in found)
        return first, by_rule[rule]
