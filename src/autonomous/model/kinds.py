"""Closed vocabularies: severities, categories, safety of a fix, effort, stages."""

from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; `rank` is 0 for the worst."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical to 4 for info."""
        return _SEVERITIES.index(self)

    def at_least(self, threshold: "Severity") -> bool:
        """True when this is as severe as `threshold`, or worse."""
        return self.rank <= threshold.rank


_SEVERITIES = tuple(Severity)


class Category(StrEnum):
    """What a rule is about; also the folder it lives in."""

    SECURITY = "security"
    ERRORS = "errors"
    CORRECTNESS = "correctness"
    PERFORMANCE = "performance"
    COMPLETENESS = "completeness"
    ARCHITECTURE = "architecture"
    STYLE = "style"


class Safety(StrEnum):
    """What a fix promises: `safe` keeps behaviour, `review` needs a person, `display` is never applied."""

    SAFE = "safe"
    REVIEW = "review"
    DISPLAY = "display"


class Effort(StrEnum):
    """How much work a change is for the person who reviews it."""

    TRIVIAL = "trivial"
    SMALL = "small"
    LARGE = "large"


class StageName(StrEnum):
    """The stages of the journey, in their order."""

    SCANNER = "scanner"
    PROPOSER = "proposer"
    VALIDATOR = "validator"
    SECURITY_VALIDATOR = "security_validator"
    APPROVER = "approver"
    IMPLEMENTER = "implementer"
    TEST_RUNNER = "test_runner"
