"""detect-secrets as a library: finds passwords, keys and tokens, and asks nobody whether they work."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from autonomous.model.finding import Span
from autonomous.model.issue import Issue
from autonomous.model.kinds import Severity
from autonomous.ports.analyzer import AnalysisFailed

Pair: TypeAlias = tuple[str, str]
"""A line of text, below the one above it."""

Secret: TypeAlias = tuple[str, str]
"""The kind of a secret and the hash of its value."""

_LARGEST: Final = 1_000_000
_REMEMBERED: Final = 200_000  # pairs of lines
_HEURISTICS: Final = (
    "allowlist.is_line_allowlisted",
    "heuristic.is_indirect_reference",
    "heuristic.is_likely_id_string",
    "heuristic.is_not_alphanumeric_string",
    "heuristic.is_potential_uuid",
    "heuristic.is_prefixed_with_dollar_sign",
    "heuristic.is_sequential_string",
    "heuristic.is_templated_secret",
)
"""Filters that look at the text alone. Those that verify a secret would send it over the network."""


class DetectSecrets:
    """All detectors of detect-secrets; a message never holds the secret, its key is a hash of it.

    They look at one line and at the one above it (which may hold a `pragma: allowlist nextline secret`), so a
    pair of lines of Python is judged once: the second version of a file costs only what changed.
    """

    name = "detect-secrets"

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._known: dict[Pair, tuple[Secret, ...]] = {}

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        """Return the secrets of one file; raises AnalysisFailed for a file that is too large."""
        if len(data) > _LARGEST:
            raise AnalysisFailed(self.name, path=path, reason=f"larger than {_LARGEST:,} bytes")
        lines = data.decode("utf-8", "replace").splitlines()
        if not path.endswith(".py"):
            found = self._scanned(path, lines)
            return tuple(_issue(path, line, secret) for line in sorted(found) for secret in found[line])
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        pairs = list(zip(["", *lines], lines, strict=False))
        self._learn(pairs)
        return tuple(
            _issue(path, n, secret) for n, pair in enumerate(pairs, 1) for secret in self._known[pair]
        )

    def _learn(self, pairs: Sequence[Pair]) -> None:
        """Scan the pairs that were never seen, in one file: runs of lines, each below the line above it."""
        text: list[str] = []
        rows: dict[Pair, int] = {}
        for above, line in pairs:
            pair = (above, line)
            if pair in self._known or pair in rows:
                if text and text[-1]:
                    text.append("")  # nothing stands above the next one by chance
                continue
            if not text or text[-1] != above:
                text += ["", above]
            text.append(line)
            rows[pair] = len(text)
        found = self._scanned("text.py", text) if rows else {}
        self._known.update((pair, tuple(found.get(row, ()))) for pair, row in rows.items())

    def _scanned(self, path: str, lines: Sequence[str]) -> dict[int, list[Secret]]:
        """Map line numbers, from 1, to what the library finds there."""
        from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
        from detect_secrets.core.scan import scan_file
        from detect_secrets.settings import transient_settings

        detectors: dict[str, type] = get_mapping_from_secret_type_to_class()
        plugins = [{"name": detector.__name__} for detector in detectors.values()]
        filters = [{"path": f"detect_secrets.filters.{name}"} for name in _HEURISTICS]
        found: dict[int, list[Secret]] = {}
        self._scratch.mkdir(parents=True, exist_ok=True)
        with (
            TemporaryDirectory(dir=self._scratch) as folder,
            transient_settings({"plugins_used": plugins, "filters_used": filters}),
        ):
            copy = Path(folder, PurePosixPath(path).name)
            copy.write_text("\n".join(lines) + "\n", encoding="utf-8")
            for secret in scan_file(str(copy)):
                found.setdefault(secret.line_number, []).append((secret.type, secret.secret_hash))
        return {line: sorted(secrets) for line, secrets in found.items()}


def _issue(path: str, line: int, secret: Secret) -> Issue:
    kind, digest = secret
    return Issue(
        tool="detect-secrets",
        code=kind,
        message=f"looks like a secret ({kind})",
        path=path,
        span=Span(line, 1, line, 1),
        severity=Severity.HIGH,
        key=f"{kind} {digest}",
        cwe=(798,),
    )
