"""What is shown is what runs: no hidden character is new, and no name that looks like another.

Names follow the idea of Unicode Technical Standard 39 (mixed-script detection), with scripts read off
the character names of the Unicode database, which Python carries.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from autonomous.model.change import FileEdit
from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import by_person, named, passed, vetoed, warned

NAME = "letters"

_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_PLAIN_CONTROLS = frozenset("\t\n\r\f")
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "LATIN"})
"""Scripts that are written together in Japanese, Korean and Chinese (UTS 39, highly restrictive)."""


def letters(proposal: Proposal, _ports: Ports, _reading: Reading) -> Check:
    """Veto new hidden characters and mixed scripts; a script that is new to the file warns a person."""
    for edit in proposal.change.edits:
        before, after = _text(edit.before), _text(edit.after)
        hidden = sorted((hidden_characters(after) - hidden_characters(before)).keys())
        if hidden:
            return vetoed(NAME, f"{edit.path} gets hidden characters: {named(tuple(map(_escape, hidden)))}")
        verdict = _names(edit, before, after, proposal)
        if verdict is not None:
            return verdict
    return passed(NAME, "no hidden or look-alike character is new")


def _names(edit: FileEdit, before: str, after: str, proposal: Proposal) -> Check | None:
    old = words(before)
    known = {script for word in old for script in scripts(word)}
    for word in sorted(words(after) - old):
        found = scripts(word)
        if mixed(found):
            kinds = " and ".join(sorted(found))
            return vetoed(NAME, f"{edit.path}: `{_escape(word)}` mixes {kinds} letters in one name")
        foreign = sorted(found - known - {"LATIN"})
        if foreign:
            refuse = warned if by_person(proposal) else vetoed
            return refuse(NAME, f"{edit.path}: `{_escape(word)}` is the first {foreign[0]} word of the file")
    return None


def hidden_characters(text: str) -> Counter[str]:
    """Count characters that do not show: bidirectional, zero-width, tags, controls, odd line ends."""
    return Counter(char for char in text if not " " <= char <= "~" and _hidden(char))


def _hidden(char: str) -> bool:
    if char in _PLAIN_CONTROLS:
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp", "Co"} or char in _INVISIBLE_LETTERS


def words(text: str) -> frozenset[str]:
    """Return the words that could be names and hold more than ASCII; strings and comments have them too."""
    if text.isascii():
        return frozenset()
    joined = "".join(
        char if char.isalnum() or char == "_" or unicodedata.combining(char) else " " for char in text
    )
    return frozenset(word for word in joined.split() if not word.isascii())


def scripts(word: str) -> frozenset[str]:
    """Return the scripts of the word's letters: "LATIN", "CYRILLIC", "FULLWIDTH", ..."""
    return frozenset(
        unicodedata.name(char, "UNNAMED").partition(" ")[0].partition("-")[0]
        for char in word
        if char.isalpha()
    )


def mixed(found: Iterable[str]) -> bool:
    """Tell whether these scripts are not written together in one word."""
    kinds = frozenset(found)
    return len(kinds) > 1 and not kinds <= _EAST_ASIAN


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8-sig", "replace")


def _escape(text: str) -> str:
    return ascii(text)[1:-1]
