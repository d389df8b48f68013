"""Repositories in every state that people really have, and a snapshot that sees every byte of them."""

import os
import stat
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

APP = "src/app.py"
SOURCE = (
    b"import os\n\n\ndef run(name):\n    os.system('ls ' + name)\n"
    b"\n\ndef lacks(items, name):\n    return not name in items\n"
)

_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "protocol.file.allow",
    "GIT_CONFIG_VALUE_0": "always",
    "GIT_CONFIG_KEY_1": "init.defaultBranch",
    "GIT_CONFIG_VALUE_1": "main",
}


def git(root: Path, *args: str | bytes, stdin: bytes = b"", check: bool = True) -> str:
    """Run the real git as a person would, and return what it printed."""
    done = subprocess.run(
        ["/usr/bin/git", *args], cwd=root, env=_ENVIRONMENT, input=stdin, capture_output=True, check=False
    )
    if check and done.returncode:
        raise AssertionError(f"git {args!r}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def git_says_yes(root: Path, *args: str) -> bool:
    """Run a git command that answers a question by its exit status."""
    return subprocess.run(["/usr/bin/git", *args], cwd=root, env=_ENVIRONMENT, check=False).returncode == 0


def write(root: Path, files: Mapping[str, bytes | str]) -> None:
    """Write files below `root`, making their directories."""
    for name, content in files.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)


def commit(root: Path, files: Mapping[str, bytes | str] | None = None, *, message: str = "change") -> str:
    """Write files, commit everything and return the commit's id."""
    write(root, files or {})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")


def plain(root: Path, *, options: tuple[str, ...] = ()) -> Path:
    """Make a repository with two commits and a few files."""
    root.mkdir(parents=True)
    git(root, "init", "--quiet", *options)
    commit(root, {APP: SOURCE, "README.md": "# It\n", "tests/test_app.py": "def test(): pass\n"})
    commit(root, {"src/other.py": "x = 1\n", ".gitignore": "*.log\nbuilt/\n"})
    return root


# --- states ---------------------------------------------------------------------------------------------

State = Callable[[Path], Path]
STATES: dict[str, State] = {"plain": plain}


def state(build: State) -> State:
    """Register a builder under its name."""
    STATES[build.__name__.replace("_", "-")] = build
    return build


@state
def staged_unstaged_untracked_ignored(root: Path) -> Path:
    plain(root)
    write(root, {"src/other.py": "x = 2\n"})
    git(root, "add", "src/other.py")
    write(root, {"src/other.py": "x = 3\n", "new.py": "y = 1\n", "a.log": "noise", "built/x": "artefact"})
    git(root, "rm", "--quiet", "--cached", "README.md")
    write(root, {"intended.py": "z = 1\n"})
    git(root, "add", "--intent-to-add", "intended.py")
    return root


@state
def stashed(root: Path) -> Path:
    plain(root)
    write(root, {"src/other.py": "x = 2\n", "loose.py": "pass\n"})
    git(root, "stash", "push", "--quiet", "--include-untracked")
    return root


@state
def crlf(root: Path) -> Path:
    plain(root)
    commit(root, {".gitattributes": "*.txt text eol=crlf\n*.py text=auto\n", "notes.txt": "one\ntwo\n"})
    git(root, "config", "core.autocrlf", "true")
    for name in ("notes.txt", APP):
        (root / name).unlink()
        git(root, "checkout", "--quiet", "--", name)
    return root


@state
def ident(root: Path) -> Path:
    plain(root)
    commit(root, {".gitattributes": "*.py ident\n", "src/version.py": "ID = '$Id$'\n"})
    (root / "src/version.py").unlink()
    git(root, "checkout", "--quiet", "--", "src/version.py")
    return root


@state
def strange_names(root: Path) -> Path:
    plain(root)
    for name in (
        b"line\nbreak.py",
        b"caf\xe9.py",
        "héé.py".encode(),
        b"-dash.py",
        b" space .py",
        b'quo"te\t.py',
        b"git",
    ):
        Path(os.fsdecode(bytes(root) + b"/" + name)).write_bytes(b"x = 1\n")
    commit(root)
    Path(os.fsdecode(bytes(root) + b"/untracked\xff.py")).write_bytes(b"x = 2\n")
    return root


@state
def names_that_differ_in_case(root: Path) -> Path:
    plain(root)
    commit(root, {"src/Case.py": "a = 1\n", "src/case.py": "a = 2\n"})
    return root


@state
def executable_bits(root: Path) -> Path:
    plain(root)
    (root / APP).chmod(0o755)
    write(root, {"tool": "#!/usr/bin/env python3\n"})
    (root / "tool").chmod(0o755)
    commit(root)
    (root / "README.md").chmod(0o600)
    return root


@state
def links(root: Path) -> Path:
    plain(root)
    (root / "dangling").symlink_to("nowhere")
    (root / "outside").symlink_to("../../etc/passwd")
    (root / "absolute").symlink_to("/etc/hostname")
    (root / "inside.py").symlink_to(APP)
    (root / "folder").symlink_to("src")
    (root / "src/deep").mkdir()
    (root / "src/deep/up").symlink_to("../../README.md")
    (root / "src/deep/out").symlink_to("up/../../..")
    commit(root)
    return root


@state
def detached(root: Path) -> Path:
    plain(root)
    git(root, "checkout", "--quiet", "--detach", "HEAD")
    return root


@state
def packed_refs(root: Path) -> Path:
    plain(root)
    git(root, "branch", "side", "HEAD~1")
    git(root, "tag", "--annotate", "v1", "--message", "one")
    git(root, "pack-refs", "--all")
    git(root, "gc", "--quiet")
    git(root, "branch", "loose")
    return root


@state
def sha256(root: Path) -> Path:
    return plain(root, options=("--object-format=sha256",))


@state
def shallow(root: Path) -> Path:
    origin = plain(root.with_name(f"{root.name}-origin"))
    git(root.parent, "clone", "--quiet", "--depth=1", f"file://{origin}", str(root))
    return root


@state
def shared_objects(root: Path) -> Path:
    origin = plain(root.with_name(f"{root.name}-origin"))
    git(root.parent, "clone", "--quiet", "--shared", str(origin), str(root))
    commit(root, {"src/more.py": "m = 1\n"})
    return root


@state
def linked_work_tree(root: Path) -> Path:
    main = plain(root.with_name(f"{root.name}-main"))
    git(main, "worktree", "add", "--quiet", "-b", "feature", str(root))
    write(root, {"src/other.py": "x = 5\n"})
    return root


@state
def submodule(root: Path) -> Path:
    library = plain(root.with_name(f"{root.name}-library"))
    plain(root)
    git(root, "submodule", "--quiet", "add", str(library), "vendored")
    commit(root)
    write(root, {"vendored/src/other.py": "dirty = 1\n"})
    return root


@state
def inside_a_submodule(root: Path) -> Path:
    outer = root.with_name(f"{root.name}-outer")
    library = plain(root.with_name(f"{root.name}-library"))
    plain(outer)
    git(outer, "submodule", "--quiet", "add", str(library), "vendored")
    return outer / "vendored"


@state
def sparse(root: Path) -> Path:
    plain(root)
    commit(root, {"big/data.py": "d = 1\n", "docs/x.py": "e = 1\n"})
    git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "src", "tests")
    return root


@state
def lfs_pointers(root: Path) -> Path:
    plain(root)
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "1" * 64 + "\nsize 5\n"
    commit(root, {".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n", "model.bin": pointer})
    return root


@state
def nested_repository(root: Path) -> Path:
    plain(root)
    plain(root / "nested")
    git(root.parent, "clone", "--quiet", "--bare", str(root / "nested"), str(root / "embedded.git"))
    return root


@state
def split_index(root: Path) -> Path:
    plain(root)
    git(root, "update-index", "--split-index")
    write(root, {"src/other.py": "x = 9\n"})
    git(root, "add", "src/other.py")
    return root


@state
def index_version_4(root: Path) -> Path:
    plain(root)
    git(root, "update-index", "--index-version=4")
    return root


@state
def flags_in_the_index(root: Path) -> Path:
    plain(root)
    git(root, "update-index", "--assume-unchanged", "README.md")
    git(root, "update-index", "--skip-worktree", "src/other.py")
    return root


@state
def special_files(root: Path) -> Path:
    plain(root)
    os.mkfifo(root / "pipe.py")
    (root / "twin.py").hardlink_to(root / APP)
    (root / "group").mkdir()
    (root / "group").chmod(0o2775)
    (root / "empty").mkdir()
    with (root / "huge.bin").open("wb") as stream:
        stream.truncate(3_000_000)
    return root


@state
def replaced_objects(root: Path) -> Path:
    plain(root)
    blob = git(root, "hash-object", "-w", "--stdin", stdin=b"evil = 1\n")
    git(root, "replace", "-f", git(root, "rev-parse", f"HEAD:{APP}"), blob)
    return root


# --- a repository that would run programs -----------------------------------------------------------------

_HOOKS = (
    "pre-commit", "post-commit", "reference-transaction", "post-index-change", "pre-auto-gc", "update",
    "post-checkout", "commit-msg", "prepare-commit-msg", "post-rewrite", "fsmonitor-watchman", "pre-push",
)  # fmt: skip

_HOSTILE = """
[core]
\tfsmonitor = PROGRAM
\tsshCommand = PROGRAM
\tpager = PROGRAM
\teditor = PROGRAM
\tgitProxy = PROGRAM
\talternateRefsCommand = PROGRAM
\taskPass = PROGRAM
\thooksPath = HOOKS
\tautocrlf = true
\tprecomposeUnicode = true
\tignoreCase = true
[filter "evil"]
\tclean = PROGRAM
\tsmudge = PROGRAM
\tprocess = PROGRAM
\trequired = true
[diff "evil"]
\ttextconv = PROGRAM
\tcommand = PROGRAM
[diff]
\texternal = PROGRAM
[merge "evil"]
\tdriver = PROGRAM %O %A %B
[commit]
\tgpgSign = true
[tag]
\tgpgSign = true
[gpg]
\tprogram = PROGRAM
[gpg "ssh"]
\tprogram = PROGRAM
\tdefaultKeyCommand = PROGRAM
[alias]
\tupdate-ref = !PROGRAM
\tls-tree = !PROGRAM
[trailer "x"]
\tcommand = PROGRAM
[credential]
\thelper = !PROGRAM
[sequence]
\teditor = PROGRAM
[pager]
\tls-tree = PROGRAM
[uploadpack]
\tpackObjectsHook = PROGRAM
[user]
\tsigningKey = x
"""


def make_hostile(root: Path, *, marker: Path) -> None:
    """Configure everything known that makes git run a program; each would leave `marker` behind."""
    program = marker.with_name("program")
    program.write_text(f"#!/bin/sh\necho \"$0 $@\" >> '{marker}'\ncat\n")
    program.chmod(0o755)
    common = Path(git(root, "rev-parse", "--path-format=absolute", "--git-common-dir"))
    git_dir = Path(git(root, "rev-parse", "--path-format=absolute", "--git-dir"))
    for hook in _HOOKS:
        place = common / "hooks" / hook
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(program.read_bytes())
        place.chmod(0o755)
    write(common, {"info/attributes": "* filter=evil diff=evil merge=evil ident\n"})
    included = marker.with_name("included")
    included.write_text(f"[core]\n\teditor = {program}\n\tfsmonitor = {program}\n")
    text = _HOSTILE.replace("PROGRAM", str(program)).replace("HOOKS", str(common / "hooks"))
    for config in {common / "config", git_dir / "config"}:
        if config.exists():
            with config.open("a") as stream:
                stream.write(f"{text}[include]\n\tpath = {included}\n")


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root's right to read everything, where the tests have it."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


# --- looking --------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """One entry of a directory as it was: content is bytes, a link's target, or nothing."""

    kind: str
    mode: int
    mtime_ns: int
    content: bytes
    attributes: tuple[tuple[str, bytes], ...]


def snapshot(*folders: Path) -> dict[str, Seen]:
    """See every byte, mode, time, link and extended attribute below the folders, git directories too.

    The times of directories are left out: git makes and removes lock files in them.
    """
    seen: dict[str, Seen] = {}
    for top in folders:
        for folder, names, files in os.walk(top):
            for name in [*names, *files, "."]:
                place = str(Path(folder, name))
                seen[place] = _look(place)
    return seen


def _look(place: str) -> Seen:
    found = os.lstat(place)
    kind = stat.S_IFMT(found.st_mode)
    content, times = b"", found.st_mtime_ns
    if stat.S_ISREG(kind):
        content = Path(place).read_bytes()
    elif stat.S_ISLNK(kind):
        content = os.fsencode(Path(place).readlink())
    elif stat.S_ISDIR(kind):
        times = 0
    names = os.listxattr(place, follow_symlinks=False)
    attributes = tuple((name, os.getxattr(place, name, follow_symlinks=False)) for name in sorted(names))
    return Seen(oct(kind), stat.S_IMODE(found.st_mode), times, content, attributes)


def difference(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> set[str]:
    """Return the paths that were added, removed or changed in any way."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}


def folders_of(root: Path) -> tuple[Path, ...]:
    """Return the folders that a snapshot of this repository must cover."""
    common = Path(git(root, "rev-parse", "--path-format=absolute", "--git-common-dir"))
    return (root,) if common.is_relative_to(root) else (root, common)
