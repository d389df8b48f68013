"""Verdicts of the validators, the scores made of them, and the gate that the scores open."""

from enum import StrEnum

import msgspec


class Verdict(StrEnum):
    """What one check says: a veto ends the proposal, a warning lowers the scores, `unknown` could not be judged."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    WARN = "warn"
    VETO = "veto"
    UNKNOWN = "unknown"


class Check(msgspec.Struct, frozen=True):
    """One layer's verdict on one proposal, with its reason in words that a person can act on."""

    name: str  # "parses", "finding-gone", "types", "bandit", ...
    verdict: Verdict
    reason: str
    breaking: bool = False  # the public interface changes for callers


class Scores(msgspec.Struct, frozen=True):
    """Security, quality (1 is best) and risk (0 is best), each in 0..1; formula in docs/scores.md."""

    security: float
    quality: float
    risk: float

    def __post_init__(self) -> None:
        """Raise ValueError for a score outside 0..1."""
        for value in (self.security, self.quality, self.risk):
            if not 0.0 <= value <= 1.0:
                raise ValueError(value)


class Gate(StrEnum):
    """Where the scores send a proposal: on by policy, to a person, or away."""

    AUTO = "auto"
    ASK = "ask"
    REJECT = "reject"
