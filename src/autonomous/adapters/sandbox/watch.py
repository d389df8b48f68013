"""The limits of a process tree as a whole, checked several times a second while it runs."""

import os
from pathlib import Path

from autonomous.adapters.sandbox.tree import Usage, disk_bytes, proportional_mb, usage
from autonomous.ports.sandbox import Job

_MEGABYTE = 1024 * 1024


class Watch:
    """Samples one process tree; remembers the processor time it has seen.

    The expensive counts (shared memory divided up, disk blocks file by file) are made only when the cheap ones
    (resident pages, free blocks of the file system) say that the limit could be passed.
    """

    def __init__(self, root: int, job: Job) -> None:
        self._root, self._job = root, job
        self._folders = tuple(mount.source for mount in job.mounts if mount.writable)
        self._disk = disk_bytes(self._folders)
        self._free = _free_bytes(self._folders)
        self.cpu_seconds = 0.0

    def breach(self) -> str:
        """Take a sample and return the limit that it passes with its value, empty when none."""
        sample = usage(self._root)
        self.cpu_seconds = max(self.cpu_seconds, sample.cpu_seconds)
        if sample.processes > self._job.processes:
            return f"processes: more than {self._job.processes}"
        if self._memory_passed(sample):
            return f"memory: more than {self._job.memory_mb} MB"
        if self._disk_passed():
            return f"disk: more than {self._job.disk_mb} MB"
        return ""

    def _memory_passed(self, sample: Usage) -> bool:
        limit = self._job.memory_mb
        return sample.memory_mb > limit and proportional_mb(self._root) > limit

    def _disk_passed(self) -> bool:
        limit = self._job.disk_mb * _MEGABYTE
        if self._free - _free_bytes(self._folders) <= limit:
            return False
        return disk_bytes(self._folders) - self._disk > limit


def _free_bytes(folders: tuple[Path, ...]) -> int:
    state = [os.statvfs(folder) for folder in folders]
    return sum(each.f_bfree * each.f_frsize for each in state)
