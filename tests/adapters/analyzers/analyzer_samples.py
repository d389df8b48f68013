"""A tree in a dictionary, and changes of it, for the tests of the analyzers."""

from collections.abc import Iterator, Mapping, Sequence

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.ports.files import FileUnreadable


class Tree:
    """Files by path; None stands for one that is there and cannot be read."""

    def __init__(self, contents: Mapping[str, bytes | None]) -> None:
        self.contents = dict(contents)

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        return iter(sorted(self.contents))

    def read(self, path: str) -> bytes:
        data = self.contents.get(path)
        if data is None:
            raise FileUnreadable(path, "no right")
        return data

    def exists(self, path: str) -> bool:
        return path in self.contents


def change(*edits: tuple[str, bytes | None, bytes | None]) -> ChangeSet:
    return ChangeSet("b" * 40, tuple(FileEdit(*edit) for edit in edits))
