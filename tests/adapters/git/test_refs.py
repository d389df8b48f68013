"""Reading refs as files, and moving them in transactions."""

import pytest
from repositories import STATES, commit, git, plain

from autonomous.model.errors import Refused
from autonomous.ports.git import Head, RefUpdate

MINE = "refs/heads/auto/one"


@pytest.mark.parametrize(
    "name", ["plain", "packed-refs", "linked-work-tree", "sha256", "shallow", "inside-a-submodule"]
)
def test_git_agrees_on_all_refs(name, opened, tmp_path):
    root = STATES[name](tmp_path / "user")
    listing = git(root, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    assert [" ".join(pair) for pair in opened(root).refs("refs/").items()] == listing
    assert opened(root).head() == Head(
        git(root, "rev-parse", "HEAD"), git(root, "symbolic-ref", "--quiet", "HEAD", check=False)
    )


def test_refs_of_one_work_tree_are_its_own(opened, tmp_path):
    root = STATES["linked-work-tree"](tmp_path / "user")
    main = tmp_path / "user-main"
    git(root, "update-ref", "refs/worktree/mine", "HEAD")
    git(main, "update-ref", "refs/bisect/good", "HEAD")
    assert list(opened(root).refs("refs/worktree/")) == ["refs/worktree/mine"]
    assert opened(root).refs("refs/bisect/") == {}
    assert list(opened(main).refs("refs/bisect/")) == ["refs/bisect/good"]
    assert opened(main).refs("refs/worktree/") == {}


def test_a_detached_head(opened, tmp_path):
    root = STATES["detached"](tmp_path / "user")
    repository = opened(root)
    assert repository.head() == Head(git(root, "rev-parse", "HEAD"), "")
    assert repository.obstacles() == ()


def test_names_lead_to_commits(opened, tmp_path):
    root = STATES["packed-refs"](tmp_path / "user")
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    repository = opened(root)
    for name in (
        "HEAD",
        "@",
        "main",
        "heads/side",
        "refs/heads/loose",
        "v1",
        "origin",
        "origin/main",
        "HEAD~1",
        "main^",
        "v1~1^0",
    ):
        assert repository.resolve(name) == git(root, "rev-parse", f"{name}^{{commit}}"), name
    head = repository.head().commit
    assert repository.resolve(head) == repository.resolve(head[:7]) == head
    blob = git(root, "rev-parse", "HEAD:README.md")
    for name in (
        "nothing",
        "",
        "--help",
        "-x",
        "../HEAD",
        "refs/heads/../../HEAD",
        "main~99",
        "main:README.md",
        blob,
        "0" * 40,
        "main\nx",
        "a b",
    ):
        assert repository.resolve(name) == "", name


def test_a_symbolic_ref_in_a_circle(opened, tmp_path):
    root = plain(tmp_path / "user")
    git(root, "symbolic-ref", "refs/heads/a", "refs/heads/b")
    git(root, "symbolic-ref", "refs/heads/b", "refs/heads/a")
    assert opened(root).resolve("a") == ""
    assert list(opened(root).refs("refs/heads/")) == ["refs/heads/main"]


def test_all_refs_move_or_none(opened, tmp_path):
    root = plain(tmp_path / "user")
    repository = opened(root)
    new, old = git(root, "rev-parse", "HEAD"), git(root, "rev-parse", "HEAD~1")
    repository.update_refs([])
    repository.update_refs([RefUpdate(MINE, "", old), RefUpdate("refs/heads/auto/two", "", new)])
    assert repository.refs("refs/heads/auto/") == {MINE: old, "refs/heads/auto/two": new}
    with pytest.raises(Refused, match="could not be moved, and none was") as caught:
        repository.update_refs([RefUpdate("refs/heads/auto/two", new, ""), RefUpdate(MINE, new, old)])
    assert "expected" in caught.value.detail
    with pytest.raises(Refused):
        repository.update_refs([RefUpdate(MINE, "", new)])
    repository.update_refs([RefUpdate("refs/heads/auto/two", new, ""), RefUpdate(MINE, old, new)])
    assert repository.refs("refs/heads/auto/") == {MINE: new}
    assert "autonomous <autonomous@example.org>" in git(root, "reflog", "show", "--format=%gn <%ge>", MINE)


def test_a_foreign_lock_is_neither_waited_for_nor_deleted(opened, tmp_path):
    root = plain(tmp_path / "user")
    lock = root / ".git" / f"{MINE}.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    with pytest.raises(Refused, match="could not be moved"):
        opened(root).update_refs([RefUpdate(MINE, "", git(root, "rev-parse", "HEAD"))])
    assert lock.exists()


def test_only_our_own_locks_are_swept(opened, tmp_path):
    root = plain(tmp_path / "user")
    repository = opened(root)
    assert repository.ref_writer.sweep_locks() == ()
    for name in (f"{MINE}.lock", "refs/heads/main.lock", "refs/heads/other.lock"):
        (root / ".git" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / ".git" / name).touch()
    assert repository.ref_writer.sweep_locks() == (f"{MINE}.lock",)
    assert sorted(place.name for place in (root / ".git/refs").rglob("*.lock")) == ["main.lock", "other.lock"]
    repository.update_refs([RefUpdate(MINE, "", git(root, "rev-parse", "HEAD"))])


@pytest.mark.parametrize(
    "place", [".git/refs/heads/auto", ".git/logs/refs/heads/auto", ".git/refs/heads/auto/one"]
)
def test_a_prepared_repository_cannot_have_files_written_elsewhere(place, opened, tmp_path):
    root = plain(tmp_path / "user")
    target = tmp_path / "target"
    target.mkdir()
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).symlink_to(target)
    with pytest.raises(Refused, match="behind a symbolic link"):
        opened(root).update_refs([RefUpdate(MINE, "", git(root, "rev-parse", "HEAD"))])
    assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "HEAD",
        "refs/heads/../../config",
        "refs//x",
        "",
        "refs/heads/a b",
        "refs/heads/x.lock",
        "refs/heads/n\nl",
    ],
)
def test_names_that_are_no_refs(name, opened, tmp_path):
    root = plain(tmp_path / "user")
    with pytest.raises(Refused):
        opened(root).update_refs([RefUpdate(name, "", git(root, "rev-parse", "HEAD"))])


def test_ancestors_as_far_as_a_shallow_clone_goes(opened, tmp_path):
    root = STATES["shallow"](tmp_path / "user")
    repository = opened(root)
    base = repository.head().commit
    newer = commit(root, {"x.py": ""})
    assert repository.contains(base, tip=newer)
    git(root, "fetch", "--quiet", "--unshallow")
    assert repository.contains(git(root, "rev-parse", "HEAD~2"), tip=newer), "history came in meanwhile"


def test_a_branch_that_a_work_tree_stands_on_is_neither_moved_nor_removed(opened, tmp_path):
    root = STATES["linked-work-tree"](tmp_path / "user")
    main = tmp_path / "user-main"
    tip, older = git(root, "rev-parse", "HEAD", "HEAD~1").split()
    for repository in (opened(root), opened(main)):
        for branch, place in (("feature", root), ("main", main)):
            for new in ("", older):
                with pytest.raises(Refused, match=f"{branch} is checked out") as refused:
                    repository.update_refs([RefUpdate(f"refs/heads/{branch}", tip, new)])
                assert refused.value.detail == str(place)
    assert git(root, "rev-parse", "main", "feature").split() == [tip, tip]


def test_a_branch_that_is_being_rebased_stays(opened, tmp_path):
    root = plain(tmp_path / "user")
    git(root, "-c", "sequence.editor=sed -i s/^pick/edit/", "rebase", "--quiet", "--interactive", "HEAD~1")
    assert opened(root).head().branch == ""
    with pytest.raises(Refused, match="main is checked out"):
        opened(root).update_refs([RefUpdate("refs/heads/main", git(root, "rev-parse", "main"), "")])
