"""What another analyzer says about a file or a change."""

import msgspec

from autonomous.model.finding import Span
from autonomous.model.kinds import Severity


class Issue(msgspec.Struct, frozen=True):
    """One report of another tool; `key` identifies it without its line, to tell new from moved ones."""

    tool: str
    code: str
    message: str
    path: str
    span: Span
    severity: Severity
    key: str
    confidence: float = 0.8
    breaking: bool = False
    cwe: tuple[int, ...] = ()


class Analysis(msgspec.Struct, frozen=True):
    """What a change makes of a tool's reports: the new ones, how many went away, or why it could not be said."""

    new: tuple[Issue, ...] = ()
    gone: int = 0
    unknown: str = ""  # the tool could not run: why
