"""Run from a checkout: `python autonomous.py scan src/`.

This file stands beside `src/autonomous/` and would shadow that package when the checkout root comes first
on `sys.path`. Imported, it therefore lends the package its name; run, it puts `src` first.
"""

import sys
from pathlib import Path

_SOURCE = Path(__file__).resolve().parent / "src"

if __name__ == "__main__":
    sys.path[0] = str(_SOURCE)
    try:
        from autonomous.cli.main import main

        code = main()
    except ModuleNotFoundError as missing:
        root = _SOURCE.parent
        sys.stderr.write(
            f"error: the package `{missing.name}` is not installed for {sys.executable}\n"
            f"   Install what autonomous needs, then run this again:\n"
            f"   {sys.executable} -m pip install -e {root}\n"
        )
        code = 2
    raise SystemExit(code)

__path__ = [str(_SOURCE / "autonomous")]
