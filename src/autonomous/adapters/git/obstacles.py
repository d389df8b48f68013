"""States of a repository in which nothing may be written, in words."""

from collections.abc import Iterator

from autonomous.adapters.git.layout import Layout
from autonomous.adapters.git.refs import Refs
from autonomous.adapters.git.shadow import Shadow
from autonomous.ports.git import Obstacle

_HALF = "Changes would be made on top of a half-finished history."
_THEN = ", then run this again"


def operations(layout: Layout) -> Iterator[Obstacle]:
    """Yield what is under way in this work tree, and a lock that somebody holds."""
    at = layout.git_dir
    if (at / "rebase-merge").is_dir():
        yield _under_way("a rebase", "git rebase --continue", "git rebase --abort")
    elif (at / "rebase-apply" / "applying").exists():
        yield _under_way("an application of mailed patches (git am)", "git am --continue", "git am --abort")
    elif (at / "rebase-apply").is_dir():
        yield _under_way("a rebase", "git rebase --continue", "git rebase --abort")
    elif (at / "CHERRY_PICK_HEAD").exists():
        yield _under_way("a cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort")
    elif (at / "REVERT_HEAD").exists():
        yield _under_way("a revert", "git revert --continue", "git revert --abort")
    elif (at / "sequencer").is_dir():
        yield _under_way("a cherry-pick or revert", "git cherry-pick --continue", "git cherry-pick --abort")
    if (at / "MERGE_HEAD").exists():
        yield _under_way("a merge", "git merge --continue", "git merge --abort")
    if (at / "BISECT_LOG").exists():
        yield Obstacle(
            what="a bisect is under way in this repository",
            why="HEAD stands on a commit that is only being tried.",
            hint="leave it (git bisect reset)" + _THEN,
        )
    if (at / "index.lock").exists():
        yield Obstacle(
            what="another git command is at work in this repository",
            why=f"{at / 'index.lock'} exists: some program is changing the index, or died while it did.",
            hint="wait until it ends; if none is running, remove that file" + _THEN,
        )


def obstacles(layout: Layout, *, refs: Refs, shadow: Shadow) -> Iterator[Obstacle]:
    """Yield everything that forbids writing now."""
    if layout.reftable:
        yield Obstacle(
            what="this repository keeps its refs in a table (reftable)",
            why="Refs are read as files here, so that no configuration of the repository is used.",
            hint="git refs migrate --ref-format=files" + _THEN,
        )
        return
    yield from operations(layout)
    commit = refs.head().commit
    if not commit:
        yield Obstacle(
            what="there is no commit yet in this repository",
            why="Changes are made on top of a commit.",
            hint="make the first one (git add, git commit)" + _THEN,
        )
    elif _partial(layout) and _missing(shadow, commit):
        yield Obstacle(
            what="this is a partial clone, and objects of HEAD are missing",
            why="Nothing is fetched here, and a tree with holes cannot be tested.",
            hint="fetch them (git fetch --refetch --no-filter)" + _THEN,
        )


def _partial(layout: Layout) -> bool:
    promised = any(
        key == "extensions.partialclone" or (key.startswith("remote.") and key.endswith(".promisor"))
        for key in layout.config
    )
    return promised or any((layout.objects / "pack").glob("*.promisor"))


def _missing(shadow: Shadow, commit: str) -> bool:
    said = shadow.runner.run(["rev-list", "--objects", "--no-walk", "--missing=print", commit])
    return any(line.startswith(b"?") for line in said.split(b"\n"))


def _under_way(what: str, go_on: str, leave: str) -> Obstacle:
    return Obstacle(
        what=f"{what} is under way in this repository",
        why=_HALF,
        hint=f"finish it ({go_on}) or leave it ({leave}){_THEN}",
    )
