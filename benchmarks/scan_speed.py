"""Scan speed against bandit, on the same files, in the same run: CPU seconds, medians of alternating runs.

The package is downloaded from the package index as a source distribution into a cache outside the repository.
Figures are CPU seconds of the whole process with its children (start-up included), because wall time on shared
machines says more about the neighbours.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "autonomous" / "benchmarks"
PACKAGE = "click==8.1.8"
START = "start of autonomous"
BIN = Path(sys.executable).parent


def download(package: str) -> Path:
    """Return the unpacked source distribution of a package, fetched once."""
    folder = CACHE / package.replace("==", "-")
    if not folder.is_dir():
        folder.mkdir(parents=True)
        fetch = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            ":all:",
            "-d",
            str(folder),
        ]
        subprocess.run([*fetch, package], check=True)
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def cpu_seconds(command: list[str], folder: Path, environ: dict[str, str]) -> float:
    """Run a command and return the CPU seconds of it and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(tools: dict[str, list[str]], folder: Path, rounds: int) -> dict[str, float]:
    """Return each tool's median, the tools taking turns."""
    environ = {**os.environ, "NO_COLOR": "1"}
    times: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(rounds):
        for name, command in tools.items():
            times[name].append(cpu_seconds(command, folder, environ))
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def lines_below(folder: Path) -> int:
    """Count the lines of all Python files."""
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.py"))


def main(printed: Callable[[str], None] = print) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", default=PACKAGE)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    folder = download(wanted.package)
    lines = lines_below(folder)
    tools = {
        "autonomous, all rules": [str(BIN / "autonomous"), "scan", "."],
        "autonomous, security rules": [str(BIN / "autonomous"), "scan", "--category", "security", "."],
        "bandit": [str(BIN / "bandit"), "-q", "-r", "."],
        START: [str(BIN / "autonomous"), "--version"],
    }
    medians = measure(tools, folder, wanted.rounds)
    printed(f"{wanted.package}: {lines:,} lines, median of {wanted.rounds} alternating runs, CPU seconds")
    printed(f"\n{'tool':<28} {'seconds':>8} {'lines/s':>9} {'against bandit':>15}")
    for name, seconds in medians.items():
        if name == START:
            printed(f"{name:<28} {seconds:>8.2f}")
            continue
        printed(f"{name:<28} {seconds:>8.2f} {lines / seconds:>9,.0f} {medians['bandit'] / seconds:>13.1f} x")


if __name__ == "__main__":
    main()
