"""detect-secrets as a library: finds passwords, keys and tokens, and asks nobody whether they work."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from autonomous.model.finding import Span
from autonomous.model.issue import Issue
from autonomous.model.kinds import Severity
from autonomous.ports.analyzer import AnalysisFailed

if TYPE_CHECKING:
    from detect_secrets.core.potential_secret import PotentialSecret

_LARGEST: Final = 1_000_000
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
    """All detectors of detect-secrets; a message never holds the secret, its key is a hash of it."""

    name = "detect-secrets"

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch

    def issues(self, path: str, data: bytes) -> tuple[Issue, ...]:
        """Return the secrets of one file; raises AnalysisFailed for a file that is too large."""
        if len(data) > _LARGEST:
            raise AnalysisFailed(self.name, path=path, reason=f"larger than {_LARGEST:,} bytes")
        from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
        from detect_secrets.core.scan import scan_file
        from detect_secrets.settings import transient_settings

        detectors: dict[str, type] = get_mapping_from_secret_type_to_class()
        plugins = [{"name": detector.__name__} for detector in detectors.values()]
        filters = [{"path": f"detect_secrets.filters.{name}"} for name in _HEURISTICS]
        self._scratch.mkdir(parents=True, exist_ok=True)
        with (
            TemporaryDirectory(dir=self._scratch) as folder,
            transient_settings({"plugins_used": plugins, "filters_used": filters}),
        ):
            copy = Path(folder, PurePosixPath(path).name)
            copy.write_bytes(data.decode("utf-8", "replace").encode())
            return tuple(_issues(path, scan_file(str(copy))))


def _issues(path: str, secrets: "Iterator[PotentialSecret]") -> Iterator[Issue]:
    for secret in sorted(secrets, key=lambda one: (one.line_number, one.type)):
        line = secret.line_number
        yield Issue(
            tool="detect-secrets",
            code=secret.type,
            message=f"looks like a secret ({secret.type})",
            path=path,
            span=Span(line, 1, line, 1),
            severity=Severity.HIGH,
            key=f"{secret.type} {secret.secret_hash}",
            cwe=(798,),
        )
