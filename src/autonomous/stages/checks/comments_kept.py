"""What people wrote beside the code stays: no comment is lost."""

import tokenize
from collections import Counter
from io import BytesIO

from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import by_person, named, passed, python_edits, vetoed, warned

NAME = "comments-kept"


def comments_kept(proposal: Proposal, _ports: Ports, _reading: Reading) -> Check:
    """Veto when a comment goes; a person's own version may drop one, with a warning."""
    lost: Counter[str] = Counter()
    for edit in python_edits(proposal):
        lost += comments(edit.before or b"") - comments(edit.after or b"")
    if lost:
        refuse = warned if by_person(proposal) else vetoed
        return refuse(NAME, f"the change loses {named(tuple(lost.elements()))}")
    return passed(NAME, "no comment is lost")


def comments(data: bytes) -> Counter[str]:
    """Count the comments of Python source by their text; a file that has no tokens has no comments."""
    found: Counter[str] = Counter()
    try:
        for token in tokenize.tokenize(BytesIO(data).readline):
            if token.type == tokenize.COMMENT:
                found[token.string.rstrip()] += 1
    except (tokenize.TokenError, SyntaxError):
        return found
    return found
