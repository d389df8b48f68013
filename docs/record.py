"""Record docs/examples/: what each command really prints, on the shop in fixtures/, in 80 columns without colour.

Run it by hand when screens changed (`.venv/bin/python docs/record.py`), then `make docs`. Long screens are
shortened in the middle; times and ids are those of the run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "docs" / "examples"
PROGRAM = str(Path(sys.executable).parent / "autonomous")
MOST = 34  # lines of a screen that are kept


class Recorder:
    """A repository with a history, and one file for each command that was run in it."""

    def __init__(self, place: Path) -> None:
        """`place` is an empty directory: the shop and all state go there."""
        self.shop = place / "shop"
        shutil.copytree(ROOT / "fixtures" / "shop", self.shop)
        homes = {f"XDG_{name}_HOME": str(place / name.lower()) for name in ("STATE", "CACHE", "CONFIG")}
        self.environ = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb",
            "COLUMNS": "80", "HOME": str(place), "VIRTUAL_ENV": sys.prefix, "USER": "ada", "LOGNAME": "ada", **homes,
        }  # fmt: skip
        identity = ["-c", "user.name=ada", "-c", "user.email=ada@localhost"]
        for command in (
            ["init", "-q", "-b", "main"],
            ["add", "."],
            [*identity, "commit", "-q", "-m", "The shop"],
        ):
            subprocess.run(["git", *command], cwd=self.shop, check=True)
        self._replaced = {
            str(self.shop): "~/shop",
            str(place): "~",
            sys.prefix: "~/shop/.venv",
            os.path.realpath(sys.executable): "python3",
        }
        self._texts: dict[str, list[str]] = {}

    def run(self, name: str, *arguments: str, stdin: str = "", lead: str = "") -> None:
        """Run `autonomous name arguments...` and keep the screen below `name`."""
        done = subprocess.run(
            [PROGRAM, name, *arguments], cwd=self.shop, env=self.environ, input=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )  # fmt: skip
        said = done.stdout
        for path, words in self._replaced.items():
            said = said.replace(path, words)
        lines = [line.rstrip() for line in said.strip("\n").splitlines()]
        if len(lines) > MOST:
            lines = [*lines[: MOST - 10], "...", *lines[-9:]]
        shown = " ".join(["$", *([lead] if lead else []), "autonomous", name, *arguments])
        self._texts.setdefault(name, []).append("\n".join([shown, *lines, f"[exit {done.returncode}]"]))

    def ask(self, *arguments: str) -> dict[str, object]:
        """Return the JSON document of a command."""
        done = subprocess.run(
            [PROGRAM, *arguments, "--format", "json"], cwd=self.shop, env=self.environ, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    def write(self) -> None:
        """Write one file a command."""
        EXAMPLES.mkdir(exist_ok=True)
        for name, screens in self._texts.items():
            (EXAMPLES / f"{name}.txt").write_text("\n\n".join(screens) + "\n", encoding="utf-8")


def record(run: Recorder) -> None:
    """Do what a person would do in a new repository, in that order."""
    run.run("doctor")
    run.run("init")
    subprocess.run(["git", "checkout", "-q", "."], cwd=run.shop, check=True)
    (run.shop / "autonomous.toml").unlink(missing_ok=True)
    run.run("scan", "src")
    found = run.ask("scan", "src")["findings"]
    finding = next(one["fingerprint"][:8] for one in found if one["fix"] == "review")
    run.run("propose", finding)
    proposal = run.ask("propose", finding)["proposals"][0]["id"][:12]
    run.run("validate", proposal)
    run.run("security-scan", "src")
    run.run("improve", "src", "--auto-approve-safe")
    run.run("approve")
    run.run("approve", proposal, "--yes", "--reason", "checked with Ada")
    run.run("implement", proposal, "--dry-run")
    run.run("implement", proposal)
    run.run("test")
    run.run("test", "--coverage-threshold", "80")
    run.run("status")
    run.run("rollback")
    run.run("rollback", "--undo")
    run.run("checkpoints")
    run.run("audit", "--since", "2020-01-01")
    run.run("audit", "--verify")
    run.run("rules", "--category", "security")
    run.run("rules", "none-comparison")


def main() -> None:
    """Record everything."""
    with tempfile.TemporaryDirectory() as folder:
        run = Recorder(Path(folder))
        record(run)
        run.write()


if __name__ == "__main__":
    main()
