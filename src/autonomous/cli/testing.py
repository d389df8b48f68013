"""The tests before and after: the last commit, and then the person's files or another revision."""

from autonomous.equipment import suite_of
from autonomous.model.errors import UsageError
from autonomous.model.testing import Comparison, RunStatus, TestReport, compare
from autonomous.ports.files import Files, FileUnreadable
from autonomous.ports.suite import Suite, TreeState
from autonomous.runs import working_base
from autonomous.workspace import Workspace


def run_tests(space: Workspace, revision: str, *, coverage: bool) -> tuple[TestReport, Comparison | None]:
    """Run the tests on a revision, or on the work tree as it is, and compare them with the last commit.

    The comparison is None when there is nothing to compare: the tree under test is the last commit.
    """
    base = working_base(space)
    state = TreeState(_commit(space, revision), {}) if revision else TreeState(base, _overlay(space, base))
    suite = suite_of(space)
    if state == TreeState(base, {}):
        return suite.run(state, coverage=coverage), None
    before, after = suite.run(TreeState(base, {})), suite.run(state, coverage=coverage)
    if before.status is not RunStatus.COMPLETED or after.status is not RunStatus.COMPLETED:
        return after, None
    return after, _without_flaky(suite, base, compare(before, after))


def _without_flaky(suite: Suite, base: str, sides: Comparison) -> Comparison:
    """Run new failures once more on the base: a test that fails there too is flaky, nobody's fault."""
    if not sides.new:
        return sides
    again = suite.run(TreeState(base, {}), tests=sides.new).bad
    new = tuple(test for test in sides.new if test not in again)
    flaky = tuple(test for test in sides.new if test in again)
    return Comparison(new=new, old=sides.old, fixed=sides.fixed, vanished=sides.vanished, flaky=flaky)


def _commit(space: Workspace, revision: str) -> str:
    commit = space.repository.resolve(revision)
    if not commit:
        raise UsageError(
            f"there is no branch or commit {revision}", hint="see `git branch` and `git log --oneline`"
        )
    return commit


def _overlay(space: Workspace, base: str) -> dict[str, bytes | None]:
    """Return the person's own version of every file that is not as in the commit, new Python files included."""
    committed = space.repository.tree(base)
    known = frozenset(path for path in committed.entries if committed.exists(path))
    changed = space.repository.uncommitted(base, tuple(known))
    new = (path for path in space.disk.paths() if path not in known)
    return {path: _bytes(space.disk, path) for path in (*changed, *new)}


def _bytes(files: Files, path: str) -> bytes | None:
    try:
        return files.read(path)
    except FileUnreadable:
        return None
