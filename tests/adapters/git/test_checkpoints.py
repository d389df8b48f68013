"""A checkpoint brings every byte back, and going back loses nothing either."""

import os
import stat
import tempfile
from pathlib import Path

import msgspec
import pytest
from repositories import APP, STATES, as_nobody, commit, folders_of, git, make_hostile, plain, snapshot, write

from autonomous.adapters.files.ignore import IgnoreRules
from autonomous.adapters.git.blobs import BlobStore
from autonomous.adapters.git.checkpoints import GitCheckpoints
from autonomous.adapters.git.gitstate import write_locked
from autonomous.adapters.git.manifest import Kind, Manifest
from autonomous.adapters.git.planning import plan
from autonomous.adapters.git.recording import Recorder
from autonomous.adapters.git.restoring import WorkTreeWriter
from autonomous.model.errors import Refused


@pytest.fixture
def checkpoints(opened, clock):
    def of(root: Path) -> GitCheckpoints:
        return GitCheckpoints(
            opened(root), clock=clock, ignores=lambda top, also: IgnoreRules(top, also=[also])
        )

    return of


def work_tree(root: Path) -> dict[str, object]:
    seen = snapshot(root)
    return {path: entry for path, entry in seen.items() if not path.startswith(f"{root}/.git/")}


def git_state(root: Path) -> tuple[object, ...]:
    git_dir = Path(git(root, "rev-parse", "--path-format=absolute", "--git-dir"))
    refs = git(root, "for-each-ref", "--format=%(refname) %(objectname) %(symref)")
    return (git_dir / "index").read_bytes(), (git_dir / "HEAD").read_bytes(), refs


def logs(root: Path) -> dict[Path, bytes]:
    common = Path(git(root, "rev-parse", "--path-format=absolute", "--git-common-dir"))
    return {place: place.read_bytes() for place in (common / "logs").rglob("*") if place.is_file()}


def damage(root: Path) -> None:
    """Ruin every file in one of several ways, then let git commit, move and forget things."""
    places = []
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if Path(folder, name) != root / ".git" and name != "built"]
        places += [Path(folder, name) for name in files if not name.endswith(".log")]
    for number, place in enumerate(sorted(place for place in places if place != root / ".git")):
        ordinary = stat.S_ISREG(place.lstat().st_mode)
        if stat.S_ISFIFO(place.lstat().st_mode):
            continue
        if ordinary and number % 5 == 0:
            place.chmod(0o600)
            place.write_bytes(b"ruined\n")
        elif ordinary and number % 5 == 1:
            place.chmod(0o777)
            os.utime(place, (0, 0))
        elif number % 5 == 2:
            place.unlink()
            place.mkdir()
            (place / "inner").write_bytes(b"")
        elif number % 5 == 3:
            place.unlink()
            place.symlink_to("/etc/passwd")
        else:
            place.unlink()
    write(root, {"later/new.py": "n = 1\n"})
    git(root, "add", "--all", check=False)
    git(root, "commit", "--quiet", "--message", "ruin", check=False)
    for command in (
        "checkout --quiet -b later",
        "branch -D main side feature",
        "stash drop",
        "pack-refs --all",
    ):
        git(root, *command.split(), check=False)


@pytest.mark.parametrize("name", STATES)
def test_every_byte_comes_back(name, checkpoints, tmp_path):
    root = STATES[name](tmp_path / "user")
    files, state, written = work_tree(root), git_state(root), logs(root)
    ours = checkpoints(root)
    made = ours.create(workflow="wf-1", reason="test")
    assert (work_tree(root), git_state(root), logs(root)) == (files, state, written)

    damage(root)
    ruined, ruined_index = work_tree(root), git_state(root)[0]
    assert ruined != files
    restored = ours.restore(made.id)

    assert restored.left_alone == ("refs/heads/later",)
    git(root, "branch", "-D", "later")
    assert work_tree(root) == files
    assert git_state(root) == state
    now = logs(root)
    assert all(now[place].startswith(data) for place, data in written.items()), "a log was cut"
    git(root, "-c", "core.fsmonitor=false", "status")

    undone = ours.restore(restored.before)
    assert work_tree(root) == ruined
    assert git_state(root)[0] == ruined_index
    assert undone.checkpoint == restored.before


@pytest.mark.parametrize("name", ["plain", "crlf", "submodule", "linked-work-tree", "split-index"])
def test_making_and_going_back_runs_nothing(name, checkpoints, tmp_path):
    root = STATES[name](tmp_path / "user")
    folders = folders_of(root)
    marker = tmp_path / "executed"
    make_hostile(root, marker=marker)
    before = snapshot(*folders)
    ours = checkpoints(root)
    made = ours.create(workflow="wf-1", reason="test")
    assert snapshot(*folders) == before
    (root / APP).write_bytes(b"changed = 1\n")
    ours.restore(made.id)
    assert snapshot(*folders) == before
    assert not marker.exists()


class CountingStore(BlobStore):
    """A store that tells how many files were read for it."""

    reads = 0

    def id_of(self, descriptor: int) -> str:
        self.reads += 1
        return super().id_of(descriptor)


def test_files_that_did_not_change_are_not_read_again(tmp_path):
    root = plain(tmp_path / "user")
    write(root, {"a.log": "ignored"})
    blobs = CountingStore(tmp_path / "blobs", object_format="sha1")

    def record(known, known_ns):
        rules = IgnoreRules(root)
        recorder = Recorder(root, blobs=blobs, ignores=rules, tracked=set(), known=known, known_ns=known_ns)
        blobs.reads = 0
        found = {entry.path: entry for entry in recorder.entries()}
        return found, blobs.reads

    first, reads = record({}, 0)
    latest = max(entry.stamp.ctime_ns for entry in first.values())
    assert reads == 6
    assert record(first, latest + 3_000_000_000) == (first, 0)
    earliest = min(entry.stamp.ctime_ns for entry in first.values())
    assert record(first, earliest) == (first, 6), "a file as young as the checkpoint may have changed since"
    (root / APP).chmod(0o755)
    write(root, {"README.md": "other"})
    changed, reads = record(first, latest + 3_000_000_000)
    assert reads == 2
    assert {path for path in changed if changed[path] != first[path]} == {APP.encode(), b"README.md"}


def test_ignored_files_are_never_touched(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    write(root, {"a.log": "one", "built/kept": "one", ".git/info/exclude": "*.mine\n", "x.mine": "one"})
    write(root, {"built/tracked.py": "t = 1\n"})
    git(root, "add", "--force", "built/tracked.py")
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    write(
        root,
        {"a.log": "two", "built/new": "two", "b.log": "two", "x.mine": "two", "built/tracked.py": "t = 2\n"},
    )
    (root / "built/kept").unlink()
    restored = ours.restore(made.id)
    assert restored.written == ("built/tracked.py",)
    assert restored.removed == ()
    assert restored.left_alone == ("a.log", "x.mine")
    assert (root / "a.log").read_text() == (root / "b.log").read_text() == "two"
    assert not (root / "built/kept").exists()
    assert not ours._blobs.has(git(root, "hash-object", "a.log"))


def test_a_staged_file_that_git_has_pruned_comes_back(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    write(root, {"src/other.py": "staged = 1\n"})
    git(root, "add", "--all")
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    git(root, "reset", "--quiet", "--hard")
    git(root, "gc", "--quiet", "--prune=now")
    ours.restore(made.id)
    assert git(root, "show", ":src/other.py") == "staged = 1"
    git(root, "fsck", "--strict")


def test_hard_links_and_extended_attributes(checkpoints, tmp_path):
    root = STATES["special-files"](tmp_path / "user")
    os.setxattr(root / APP, "user.note", b"keep\0me")
    os.setxattr(root / "group", "user.note", b"folder")
    files = work_tree(root)
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    (root / APP).write_bytes(b"both names are ruined")
    os.removexattr(root / APP, "user.note")
    os.setxattr(root / "huge.bin", "user.other", b"x")
    os.setxattr(root / "group", "user.note", b"changed")
    (root / "pipe.py").unlink()
    ours.restore(made.id)
    assert work_tree(root) == files
    assert (root / APP).samefile(root / "twin.py")


def test_what_appears_or_changes_meanwhile_is_left_alone(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    write(root, {APP: "ruined", "new.py": "n", "README.md": "ruined"})
    (root / "tests/test_app.py").unlink()
    before = ours.create(workflow="w", reason="r")
    target, now = ours._shelf.manifest(made), ours._shelf.manifest(before)
    write(root, {APP: "newer work", "new.py": "newer work", "tests/test_app.py": "newer work"})
    writer = WorkTreeWriter(root, blobs=ours._blobs, target=target, now=now)
    writer.carry_out(plan(target, now))
    assert writer.written == ["README.md"]
    assert writer.removed == []
    assert sorted(writer.left_alone) == ["new.py", APP, "tests/test_app.py"]
    assert {(root / name).read_text() for name in writer.left_alone} == {"newer work"}
    assert not list(root.rglob(".autonomous-*"))


def test_what_we_may_not_look_into_is_left_as_it_is():
    with tempfile.TemporaryDirectory() as name:
        root = plain(Path(name) / "user")
        write(root, {"closed/x": "", "secret": "s"})
        (root / "closed").chmod(0)
        (root / "secret").chmod(0)
        blobs = BlobStore(Path(name) / "blobs", object_format="sha1")
        Path(name).chmod(0o755)
        rules = IgnoreRules(root)
        recorder = Recorder(root, blobs=blobs, ignores=rules, tracked=set(), known={}, known_ns=0)
        for folder in (Path(name) / "blobs", Path(name) / "blobs/incoming"):
            folder.chmod(0o777)
        with as_nobody():
            entries = {entry.path: entry for entry in recorder.entries()}
        assert {entry.kind for entry in (entries[b"closed"], entries[b"secret"])} == {Kind.CLOSED}
        (root / "closed").chmod(0o700)
        now = Manifest(taken_ns=0, entries=tuple(entries.values()), state=(), refs={}, staged=())
        elsewhere = msgspec.structs.replace(
            now, entries=(msgspec.structs.replace(entries[b"secret"], mode=0o644),)
        )
        assert plan(elsewhere, now).write == plan(elsewhere, now).adjust == ()


def test_going_back_is_refused_while_an_operation_is_under_way(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    write(root, {".git/MERGE_HEAD": git(root, "rev-parse", "HEAD")})
    inside = ours.create(workflow="w", reason="during a merge")
    with pytest.raises(Refused, match="a merge is under way"):
        ours.restore(made.id)
    (root / ".git/MERGE_HEAD").unlink()
    ours.restore(inside.id)
    assert (root / ".git/MERGE_HEAD").exists(), "the operation belongs to the state"


def test_ids_that_name_no_checkpoint(checkpoints, tmp_path):
    ours = checkpoints(plain(tmp_path / "user"))
    first = ours.create(workflow="w", reason="one")
    second = ours.create(workflow="w", reason="two")
    assert [one.reason for one in ours.list()] == ["two", "one"]
    assert first.id != second.id
    assert ours.restore(first.id[:8]).checkpoint == first.id
    for wrong, reason in (("cp-0000000000x", "no such"), ("", "no such|several"), ("cp-", "several")):
        with pytest.raises(Refused, match=reason):
            ours.restore(wrong)


def test_damage_in_our_own_store_is_noticed_before_anything_is_written(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    blob = next(e.blob for e in ours._shelf.manifest(made).entries if e.path == APP.encode())
    (root / APP).write_bytes(b"ruined")
    place = ours._blobs._place(blob)
    kept = place.read_bytes()
    for ruined in (kept[: len(kept) // 2], bytes([*kept[:-6], kept[-6] ^ 1, *kept[-5:]]), b""):
        place.write_bytes(ruined)
        with pytest.raises(Refused, match="or it is damaged"):
            ours.restore(made.id)
    with pytest.raises(Refused, match="store of checkpoints is damaged"):
        ours._blobs.read(blob)
    place.unlink()
    with pytest.raises(Refused, match="not everything of that checkpoint is there") as caught:
        ours.restore(made.id)
    assert blob in caught.value.detail
    assert (root / APP).read_bytes() == b"ruined"
    (manifest,) = (p for p in (tmp_path / "state").rglob("*.manifest.json") if made.id in p.name)
    manifest.write_bytes(b"{}")
    with pytest.raises(Refused, match=f"checkpoint {made.id} is damaged"):
        ours.restore(made.id)
    manifest.unlink()
    with pytest.raises(Refused, match=f"checkpoint {made.id} is damaged"):
        ours.restore(made.id)


def test_a_commit_that_is_gone_is_noticed(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    git(root, "update-ref", "refs/heads/side", git(root, "commit-tree", "HEAD^{tree}", "-m", "side"))
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    git(root, "branch", "-D", "side")
    git(root, "gc", "--quiet", "--prune=now")
    with pytest.raises(Refused, match="not everything of that checkpoint"):
        ours.restore(made.id)


def test_pruning_frees_the_space(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    ours = checkpoints(root)
    for number in range(4):
        write(root, {"big.bin": os.urandom(200_000)})
        ours.create(workflow="w", reason=str(number))
    linked = tmp_path / "linked"
    git(root, "worktree", "add", "--quiet", str(linked))
    assert ours.prune(keep=10) == 0
    freed = ours.prune(keep=2)
    assert 400_000 < freed < 450_000
    assert [one.reason for one in ours.list()] == ["3", "2"]
    write(root, {"big.bin": "gone"})
    ours.restore(ours.list()[1].id)
    assert (root / "big.bin").stat().st_size == 200_000
    assert ours.prune(keep=0) > 400_000
    assert ours.list() == ()


def test_those_of_old_runs_go_and_those_asked_for_stay(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    ours = checkpoints(root)
    asked = ours.create(workflow="", reason="asked for")
    for number in range(22):
        write(root, {"notes": f"{number}"})
        made = ours.create(workflow="w", reason=str(number))
    assert [one.reason for one in ours.list()] == [*map(str, range(21, 1, -1)), "asked for"]
    oldest = ours.list()[-2]
    write(root, {"notes": "now"})
    ours.restore(oldest.id)
    assert (root / "notes").read_bytes() == b"2", "going back makes a checkpoint, and keeps where it goes to"
    ours.restore(asked.id)
    assert not (root / "notes").exists()
    ours.restore(made.id)
    assert (root / "notes").read_bytes() == b"21"


def test_a_branch_of_another_work_tree_is_not_moved_under_its_files(checkpoints, tmp_path):
    root, other = plain(tmp_path / "user"), tmp_path / "other"
    git(root, "branch", "mine")
    git(root, "branch", "auto/old")
    made = checkpoints(root).create(workflow="w", reason="r")
    git(root, "worktree", "add", "--quiet", str(other), "mine")
    later = commit(other, {"there.py": "x = 1\n"})
    git(root, "worktree", "add", "--quiet", "-b", "auto/new", str(tmp_path / "third"))
    git(root, "branch", "-f", "auto/old", later)
    restored = checkpoints(root).restore(made.id)
    assert restored.left_alone == ("refs/heads/auto/new", "refs/heads/mine")
    assert git(other, "rev-parse", "HEAD") == later
    assert git(other, "status", "--porcelain") == ""
    assert git(root, "rev-parse", "auto/old") == git(root, "rev-parse", "main")


def test_our_own_refs_go_and_symbolic_ones_come_back(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    git(root, "branch", "auto/fix")
    git(root, "branch", "mine")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/else")
    restored = ours.restore(made.id)
    assert restored.left_alone == ("refs/heads/mine",)
    assert git(root, "symbolic-ref", "refs/remotes/origin/HEAD") == "refs/remotes/origin/main"
    assert "auto/fix" not in git(root, "branch")


def test_a_lock_that_somebody_holds(tmp_path):
    (tmp_path / "HEAD.lock").touch()
    with pytest.raises(Refused, match="another git command is at work"):
        write_locked(tmp_path / "HEAD", b"x")
    assert (tmp_path / "HEAD.lock").exists()


def test_a_log_that_was_rewritten_is_completed(checkpoints, tmp_path):
    root = plain(tmp_path / "user")
    log = root / ".git/logs/HEAD"
    saved = log.read_bytes()
    ours = checkpoints(root)
    made = ours.create(workflow="w", reason="r")
    later = b"0" * 40 + b" " + b"1" * 40 + b" Ada <a@b> 1 +0000\tlater\n"
    log.write_bytes(saved.splitlines(keepends=True)[0] + later)
    ours.restore(made.id)
    assert log.read_bytes() == saved + later


def test_a_file_that_never_stands_still(tmp_path):
    blobs = BlobStore(tmp_path / "blobs", object_format="sha1")
    with (
        Path("/proc/self/stat").open("rb") as never_as_long_as_it_says,
        pytest.raises(Refused, match="x changes while it is read"),
    ):
        blobs.put(never_as_long_as_it_says.fileno(), path="x")
    (tmp_path / "file").write_bytes(b"other bytes of the same length")
    with (tmp_path / "file").open("rb") as stream:
        assert not blobs._write(stream.fileno(), "0" * 40)
    assert list((tmp_path / "blobs/incoming").iterdir()) == []
