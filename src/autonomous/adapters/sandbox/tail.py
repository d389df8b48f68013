"""The end of a stream of unknown length, kept in bounded memory."""

from collections import deque


class Tail:
    """Keeps the last `limit` bytes of what is fed to it."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size = limit, 0
        self._pieces: deque[bytes] = deque()

    def feed(self, piece: bytes) -> None:
        """Add bytes at the end; whole old pieces are forgotten as soon as they cannot matter."""
        self._pieces.append(piece)
        self._size += len(piece)
        while self._size - len(self._pieces[0]) >= self._limit:
            self._size -= len(self._pieces.popleft())

    def bytes(self) -> bytes:
        """Return what is kept."""
        joined = b"".join(self._pieces)
        return joined[max(0, len(joined) - self._limit) :]
