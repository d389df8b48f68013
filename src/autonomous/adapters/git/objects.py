"""Reading objects through one running `git cat-file --batch`."""

import hashlib
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

from autonomous.adapters.git.runner import GitFailed, GitRunner

if TYPE_CHECKING:
    from git.cmd import Git

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
        self._process: Git.AutoInterrupt | None = None

    def blob(self, oid: str, *, limit: int | None = None) -> bytes:
        """Return an object's content.

        Raises KeyError when there is no such object, ObjectTooLarge when it has more than `limit` bytes.
        """
        with self._lock:
            if self._process is None:
                self._process = self._runner.start(["cat-file", "--batch"])
            questions, answers = self._process.stdin, self._process.stdout
            questions.write(oid.encode() + b"\n")
            questions.flush()
            header = answers.readline().split()
            if not header:
                raise GitFailed(["cat-file"], status=self._process.poll() or 0, said=f"no answer for {oid}")
            if header[1] == b"missing":
                raise KeyError(oid)
            size = int(header[2])
            if limit is not None and size > limit:
                left = size + 1
                while left > 0:
                    left -= len(answers.read(min(left, _CHUNK)))
                raise ObjectTooLarge(size)
            data = bytes(answers.read(size))
            answers.read(1)
            return data

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
            process, self._process = self._process, None
            if process is None:
                return
            process.stdin.close()
            process.wait()
            process.stdout.close()
            process.stderr.close()

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
