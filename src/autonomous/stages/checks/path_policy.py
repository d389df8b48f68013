"""Where a change may never go, and where it may only go with a person's yes."""

import unicodedata
from pathlib import PurePosixPath

from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, vetoed, warned

NAME = "path-policy"

_GUARDED_NAMES = frozenset(
    {
        ".gitattributes",
        ".gitmodules",
        ".gitignore",
        ".gitlab-ci.yml",
        ".travis.yml",
        ".pre-commit-config.yaml",
        "appveyor.yml",
        "autonomous.toml",
        "azure-pipelines.yml",
        "bitbucket-pipelines.yml",
        "conftest.py",
        "jenkinsfile",
        "noxfile.py",
        "pyproject.toml",
        "pytest.ini",
        "setup.cfg",
        "setup.py",
        "sitecustomize.py",
        "tox.ini",
        "usercustomize.py",
    }
)
_GUARDED_FOLDERS = frozenset(
    {
        ".autonomous",
        ".buildkite",
        ".ci",
        ".circleci",
        ".githooks",
        ".github",
        ".hooks",
        ".husky",
        "hooks.d",
    }
)


def path_policy(proposal: Proposal, _ports: Ports, _reading: Reading) -> Check:
    """Veto paths out of the tree or into `.git`; guarded files need a finding in them, and a person."""
    for path in proposal.change.paths:
        parts = folded(path)
        if (
            path.startswith("/")
            or "\\" in path
            or not parts
            or any(part in {"", "..", ".git"} for part in parts)
        ):
            return vetoed(NAME, f"{path!r} is not a path inside the tree")
        if parts[-1] in _GUARDED_NAMES or not _GUARDED_FOLDERS.isdisjoint(parts[:-1]):
            if path != proposal.finding.path:
                return vetoed(
                    NAME, f"{path} decides how code is checked or run, and the finding is not about it"
                )
            return warned(NAME, f"{path} decides how code is checked or run: a person must look")
    return passed(NAME, "only ordinary files change")


def folded(path: str) -> tuple[str, ...]:
    """Split a path as careless file systems see it: NFC, without case, trailing dots and spaces."""
    plain = unicodedata.normalize("NFC", path).casefold()
    return tuple(part if part == ".." else part.rstrip(". ") for part in PurePosixPath(plain).parts)
