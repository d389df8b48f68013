"""From what a person types to a commit: ref names, abbreviated ids, and the steps behind them."""

import re

from autonomous.adapters.git.refs import Refs
from autonomous.adapters.git.runner import GitRunner

_ABBREVIATED = re.compile(r"[0-9a-f]{4,64}")
_WITH_STEPS = re.compile(r"([^~^]+)((?:[~^][0-9]*)*)")
# In the order of gitrevisions(7).
_PLACES = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")


def resolve(name: str, *, refs: Refs, runner: GitRunner) -> str:
    """Return the full id of the commit that a name leads to, "" when there is none.

    Refs are looked up as files, so that git itself only ever sees ids.
    """
    parts = _WITH_STEPS.fullmatch(name)
    if parts is None:
        return ""
    start = refs.head().commit if parts[1] in {"HEAD", "@"} else _named(parts[1], refs)
    if not start and _ABBREVIATED.fullmatch(parts[1]):
        start = parts[1]
    if not start:
        return ""
    question = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{start}{parts[2]}^{{commit}}"]
    status, said = runner.attempt(question, accept=(0, 1, 128))
    return said.decode().strip() if status == 0 else ""


def _named(name: str, refs: Refs) -> str:
    found = (refs.target(place.format(name)) for place in _PLACES)
    return next((oid for oid in found if oid), "")
