"""The files of one commit, read from objects."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from autonomous.adapters.git.objects import ObjectReader, ObjectTooLarge
from autonomous.adapters.git.runner import GitRunner
from autonomous.ports.files import FileUnreadable

REGULAR = frozenset({"100644", "100755", "100664"})
LINK = "120000"
_EXECUTABLE = "100755"
SUBMODULE = "160000"


class TreeEntry(msgspec.Struct, frozen=True):
    """What a commit has at one path: mode as six octal digits, object id in hexadecimal."""

    mode: str
    oid: str

    @property
    def regular(self) -> bool:
        """True for a file, executable or not."""
        return self.mode in REGULAR


class CommitFiles:
    """`Files` of a commit. Links and submodules are no files; LFS pointers are read as they are."""

    def __init__(
        self,
        commit: str,
        *,
        runner: GitRunner,
        reader: ObjectReader,
        exclude: Sequence[str] = (),
        max_bytes: int | None = None,
    ) -> None:
        self.commit = commit
        self._runner, self._reader = runner, reader
        self._exclude, self._max_bytes = tuple(exclude), max_bytes

    @cached_property
    def entries(self) -> Mapping[str, TreeEntry]:
        """All entries that are no trees, by path, in the order of their paths' bytes."""
        listing = self._runner.run(["ls-tree", "-r", "-z", "--full-tree", self.commit])
        return dict(parse_tree(listing))

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        """Yield Python files below the targets in sorted order: `*.py`, `*.pyi`, programs with a Python shebang.

        Excluded files are left out; a file that a target names is always there, whatever it is.
        """
        wanted = [target.removeprefix("./").rstrip("/") for target in targets]
        everything = not wanted or any(target in {"", "."} for target in wanted)
        excluded = self._excluded
        folders = tuple(f"{target}/" for target in wanted)
        for path in sorted(path for path, entry in self.entries.items() if entry.regular):
            below = (everything or path.startswith(folders)) and path not in excluded
            if path in wanted or (below and self._is_source(path)):
                yield path

    def _is_source(self, path: str) -> bool:
        if path.endswith((".py", ".pyi")):
            return True
        if "." in path.rpartition("/")[2] or self.entries[path].mode != _EXECUTABLE:
            return False
        try:
            first = self.read(path).split(b"\n", 1)[0]
        except FileUnreadable:
            return False
        return first.startswith(b"#!") and b"python" in first

    def read(self, path: str) -> bytes:
        """Return the bytes; raises FileUnreadable for what is no file, is too large or is missing."""
        entry = self.entries.get(path)
        if entry is None:
            raise FileUnreadable(path, f"not in commit {self.commit:.12}")
        if not entry.regular:
            raise FileUnreadable(path, "a symbolic link" if entry.mode == LINK else "a submodule")
        try:
            return self._reader.blob(entry.oid, limit=self._max_bytes)
        except ObjectTooLarge as error:
            raise FileUnreadable(path, f"too large: {error.size} bytes") from error
        except KeyError as error:
            raise FileUnreadable(path, "its object is missing (a partial clone?)") from error

    def exists(self, path: str) -> bool:
        """Tell whether `path` is a regular file of the commit."""
        entry = self.entries.get(path)
        return entry is not None and entry.regular

    def blob(self, path: str) -> bytes:
        """Return the bytes of a file of any size, or where a symbolic link points."""
        try:
            return self._reader.blob(self.entries[path].oid)
        except KeyError as error:
            raise FileUnreadable(path, "its object is missing (a partial clone?)") from error

    @cached_property
    def _excluded(self) -> frozenset[str]:
        if not self._exclude:
            return frozenset()
        from pathspec import GitIgnoreSpec

        return frozenset(GitIgnoreSpec.from_lines(self._exclude).match_files(self.entries))


def parse_tree(listing: bytes) -> Iterator[tuple[str, TreeEntry]]:
    """Yield paths and entries of `ls-tree -r -z`."""
    for line in listing.split(b"\0")[:-1]:
        meta, _, path = line.partition(b"\t")
        mode, _kind, oid = meta.split(b" ")
        yield path.decode("utf-8", "surrogateescape"), TreeEntry(mode.decode(), oid.decode())
