"""Reading objects through one running `git cat-file --batch`."""

import hashlib
import threading
from types import TracebackType
from typing import Self

from autonomous.adapters.git.runner import Conversation, GitFailed, GitRunner

_CHUNK = 1 << 20


class ObjectTooLarge(Exception):
    """The object is larger than the limit; `size` in bytes."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(size)


class ObjectReader:
    """Reads objects by id. The process starts with the first read and ends with `close`."""

    def __init__(self, runner: GitRunner) -> None:
        self._runner = runner
        self._lock = threading.Lock()
        self._answers: Conversation | None = None

    def blob(self, oid: str, *, limit: int | None = None) -> bytes:
        """Return an object's content.

        Raises KeyError when there is no such object, ObjectTooLarge when it has more than `limit` bytes.
        """
        with self._lock:
            if self._answers is None:
                self._answers = self._runner.start(["cat-file", "--batch"])
            answers = self._answers
            answers.ask(oid.encode() + b"\n")
            header = answers.line().split()
            if not header:
                self._answers = None  # the next question starts another process
                raise GitFailed(["cat-file"], status=answers.end(), said=f"no answer for {oid}")
            if header[1] == b"missing":
                raise KeyError(oid)
            size = int(header[2])
            if limit is not None and size > limit:
                left = size + 1
                while left > 0:
                    left -= len(answers.read(min(left, _CHUNK)))
                raise ObjectTooLarge(size)
            return answers.read(size + 1)[:size]

    def has(self, oid: str) -> bool:
        """Tell whether there is such an object."""
        try:
            self.blob(oid, limit=0)
        except KeyError:
            return False
        except ObjectTooLarge:
            return True
        return True

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            answers, self._answers = self._answers, None
            if answers is not None:
                answers.end()

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()


def blob_id(data: bytes, *, object_format: str) -> str:
    """Return the id that git gives to a blob of these bytes."""
    state = hashlib.new(object_format, usedforsecurity=False)
    state.update(b"blob %d\0" % len(data))
    state.update(data)
    return state.hexdigest()
