"""Where the process starts: answers `--version` before anything heavy is imported, then opens the app."""

import os
import sys
from collections.abc import Sequence

from autonomous.version import VERSION


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (`sys.argv` when None) and return the exit code of the process."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its escape, not a crash half-way.
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")
    if arguments[:1] in (["--version"], ["-V"]):
        sys.stdout.write(f"autonomous {VERSION}\n")
        return 0
    # Validating arguments loads no third-party plug-ins: they would run code of whatever is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from autonomous.cli.app import run

    return run(arguments)


def _open_streams() -> None:
    """Give a process that was started without a standard stream an empty one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - kept to the end; pathlib is slow to import


if __name__ == "__main__":
    sys.exit(main())
