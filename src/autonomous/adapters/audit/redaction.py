"""Secrets are taken out of an event before it is hashed, so that no record ever has to be unwritten."""

import re
from collections.abc import Mapping

import msgspec

from autonomous.model.audit import AuditEvent

REDACTED = "[redacted]"
_SHORTEST = 6  # characters; a shorter value of a variable is too common a word to be looked for

_SECRET_NAME = re.compile(
    r"password|passwd|passphrase|secret|token|api_?key|(?:^|[_.-])(?:pass|key|credentials?|cookie)(?:$|[_.-])",
    re.IGNORECASE,
)

# The shapes that providers document for their keys.
_FORMATS = re.compile(
    r"""
      -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----.*?(?:-----END\ [A-Z ]*PRIVATE\ KEY-----|\Z)
    | \b(?:AKIA|ASIA)[0-9A-Z]{16}\b                    # AWS
    | \bgh[pousr]_[A-Za-z0-9]{36,}                     # GitHub
    | \bgithub_pat_\w{22,}
    | \bglpat-[\w-]{20,}                               # GitLab
    | \bxox[abeprs]-[\w-]{10,}                         # Slack
    | \bsk-[\w-]{20,}                                  # OpenAI, Anthropic
    | \b[rs]k_(?:live|test)_\w{16,}                    # Stripe
    | \bAIza[\w-]{35}                                  # Google
    | \bya29\.[\w-]{20,}
    | \bnpm_\w{36}
    | \bpypi-[\w-]{16,}
    | \bhf_[A-Za-z0-9]{30,}                            # Hugging Face
    | \bSG\.[\w-]{16,}\.[\w-]{16,}                     # SendGrid
    | \beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*                # JSON Web Token
    | (?<=://)[^/\s:@]*:[^/\s@]+(?=@)                  # https://user:password@host
    """,
    re.VERBOSE | re.DOTALL,
)

# `password=...`, `"api_key": "..."`, `--token ...`, `Bearer ...`: the name stays, the value goes.
_NAMED = re.compile(
    r"""
    (?P<name>
        \b[\w.-]*(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|credentials?)["']?\s*=\s*
      | \b(?:[\w.]+[_-])?key\s*=\s*
      | \b[\w.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key)["']?\s*:\s*(?=["']|\S{6})
      | --[\w-]*(?:password|passphrase|secret|token|api-key)\s+
      | \b(?:bearer|basic)\s+(?=[\w.~+/=-]{8})
    )
    (?P<value> \[redacted\] | "[^"]*" | '[^']*' | [^\s"',;&)]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Redaction:
    """Knows the values of this process's secret variables besides the shapes that all secrets have."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        values = {
            value for name, value in environ.items() if len(value) >= _SHORTEST and _SECRET_NAME.search(name)
        }
        longest_first = sorted(values, key=lambda value: (-len(value), value))
        self._values = re.compile("|".join(re.escape(value) for value in longest_first)) if values else None

    def event(self, event: AuditEvent) -> AuditEvent:
        """Return the event with every secret in its texts replaced by `[redacted]`."""
        return msgspec.structs.replace(
            event,
            actor=self.text(event.actor),
            subject=self.text(event.subject),
            why=self.text(event.why),
            facts={key: self._fact(key, value) for key, value in event.facts.items()},
        )

    def text(self, text: str) -> str:
        """Return the text with every secret replaced."""
        if self._values:
            text = self._values.sub(REDACTED, text)
        return _NAMED.sub(rf"\g<name>{REDACTED}", _FORMATS.sub(REDACTED, text))

    def _fact(self, key: str, value: str | float | bool | None) -> str | int | float | bool | None:  # noqa: FBT001 - a fact's value
        if not isinstance(value, str):
            return value
        return REDACTED if value and _SECRET_NAME.search(key) else self.text(value)
