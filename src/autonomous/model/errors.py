"""Errors with facts, a hint for the next command, and the exit code of the process."""

from enum import IntEnum

from autonomous.model.digest import Digest


class ExitCode(IntEnum):
    """What the process says to its caller."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 2
    INTERNAL = 3
    INCOMPLETE = 3
    TESTS_FAILED = 4
    LIMIT = 5
    INTERRUPTED = 130


class AutonomousError(Exception):
    """What happened (the message), to which thing (`detail`), and what to do next (`hint`)."""

    exit_code = ExitCode.INTERNAL
    hint = "run the same command with --debug and report what it prints"
    detail = ""


class ApprovedSomethingElse(AutonomousError):
    """The approval names another change than the one at hand."""

    exit_code = ExitCode.REFUSED
    hint = "run `autonomous approve` again: the change was made anew since it was approved"

    def __init__(self, *, approved: Digest, found: Digest) -> None:
        self.approved, self.found = approved, found
        super().__init__(f"the approval is for change {approved:.12}, not for {found:.12}")


class UsageError(AutonomousError):
    """Something on the command line or in the settings cannot be meant."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, *, detail: str = "", hint: str) -> None:
        self.detail, self.hint = detail, hint
        super().__init__(message)


class Refused(AutonomousError):
    """The repository is in a state in which nothing may be written."""

    exit_code = ExitCode.REFUSED

    def __init__(self, message: str, *, detail: str = "", hint: str) -> None:
        self.detail, self.hint = detail, hint
        super().__init__(message)


class Stopped(AutonomousError):
    """Somebody sent SIGTERM: everything is closed in order, and what was finished is kept."""

    exit_code = ExitCode.LIMIT
    hint = "what was finished is kept; `autonomous status` shows how to go on"

    def __init__(self) -> None:
        super().__init__("stopped by a signal")


class LimitReached(AutonomousError):
    """The next step would pass a limit; what was finished is kept."""

    exit_code = ExitCode.LIMIT

    def __init__(self, name: str, *, limit: float, hint: str) -> None:
        self.name, self.limit, self.hint = name, limit, hint
        super().__init__(f"limit reached: {name} = {limit:g}")
