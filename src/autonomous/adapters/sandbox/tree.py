"""What a running process tree uses, read from /proc: processes, memory, processor time, disk."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / (1024 * 1024)
_BLOCK = 512


class Usage(msgspec.Struct, frozen=True):
    """One sample of a process tree; memory counts shared pages in full unless `proportional` was asked for."""

    processes: int
    memory_mb: float
    cpu_seconds: float


def usage(root: int) -> Usage:
    """Sample the process `root` and all its descendants; those that end meanwhile are left out."""
    count, memory, ticks = 0, 0.0, 0
    for pid in descendants(root):
        stat = _read(pid, "stat").rpartition(b")")[2].split()
        if len(stat) < 22:  # noqa: PLR2004 - ended between listing and reading
            continue
        count += 1
        memory += int(stat[21]) * _PAGE_MB  # field 24 of proc_pid_stat(5): resident pages
        ticks += sum(int(field) for field in stat[11:15])  # own and waited-for children's, user and system
    return Usage(count, memory, ticks / _TICKS)


def proportional_mb(root: int) -> float:
    """Return the memory of the tree with shared pages divided among those who share them; slower than `usage`."""
    return sum(_proportional(pid) for pid in descendants(root)) / 1024


def descendants(root: int) -> Iterator[int]:
    """Yield `root` and every process below it."""
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += _children(pid)


def disk_bytes(folders: Iterable[Path]) -> int:
    """Return the bytes that the files below `folders` occupy on disk; what vanishes meanwhile counts nothing."""
    return sum(_occupied(folder) for folder in folders)


def _occupied(folder: Path) -> int:
    total = 0
    for directory, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(directory) / name).lstat().st_blocks * _BLOCK
            except OSError:
                continue
    return total


def _children(pid: int) -> Iterator[int]:
    try:
        threads = [path.name for path in (_PROC / str(pid) / "task").iterdir()]
    except OSError:
        return
    for thread in threads:
        yield from map(int, _read(pid, f"task/{thread}/children").split())


def _proportional(pid: int) -> int:
    for line in _read(pid, "smaps_rollup").splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1])
    return 0


def _read(pid: int, name: str) -> bytes:
    try:
        return (_PROC / str(pid) / name).read_bytes()
    except OSError:
        return b""
