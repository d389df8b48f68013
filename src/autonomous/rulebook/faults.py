"""What can be wrong with rule folders."""

from pathlib import Path

from autonomous.model.digest import Digest
from autonomous.model.errors import AutonomousError, ExitCode


class RuleBroken(AutonomousError):
    """A rule folder can't be used: which file, which key, why."""

    exit_code = ExitCode.USAGE
    hint = "mend the file; `autonomous rules test NAME` tries one rule alone"

    def __init__(self, path: Path, reason: str, *, key: str = "") -> None:
        self.path, self.key, self.reason = path, key, reason
        self.detail = str(path)
        super().__init__(f"{path}: {f'{key}: ' if key else ''}{reason}")


class RuleCodeRefused(AutonomousError):
    """A rule folder that came with a repository holds code that nobody trusted."""

    exit_code = ExitCode.REFUSED

    def __init__(self, folder: Path, digest: Digest) -> None:
        self.folder, self.digest = folder, digest
        self.detail = str(folder)
        self.hint = f"read rule.py and fix.py there, then run `autonomous rules trust {folder}`"
        super().__init__(f"{folder} holds code that would run here, and nobody has trusted it ({digest:.12})")


class UnknownRule(AutonomousError):
    """No rule has that id or name."""

    exit_code = ExitCode.USAGE

    def __init__(self, wanted: str, *, guess: str) -> None:
        self.wanted, self.guess = wanted, guess
        self.hint = f"did you mean {guess}?" if guess else "`autonomous rules list` shows them all"
        super().__init__(f"there is no rule {wanted}")
