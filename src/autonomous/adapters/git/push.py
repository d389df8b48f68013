"""Pushing a branch, only when the person asks for it: from the shadow directory, with the person's own settings.

The repository says where to (its remote's address, read as data); programs that git may start on the way, such
as a credential helper or ssh, come from the person's own configuration and never from the repository's.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from autonomous.adapters.git.config import parse_config
from autonomous.adapters.git.layout import Layout, read_small
from autonomous.adapters.git.runner import GitFailed, GitRunner
from autonomous.model.errors import Refused
from autonomous.ports.git import RefUpdate

_PASSED_ON = ("HOME", "SSH_AUTH_SOCK", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "PATH")
_PROTOCOLS = "https:ssh:git:file"


def push(
    runner: GitRunner, layout: Layout, *, update: RefUpdate, current: str, environ: Mapping[str, str]
) -> str:
    """Push `update.new` as `update.name` to the remote of the branch `current`, and return the remote's name.

    Raises Refused when there is no remote, or when it does not take the branch.
    """
    remote, address = remote_of(layout, current)
    variables = {name: environ[name] for name in _PASSED_ON if name in environ}
    variables |= {"GIT_ALLOW_PROTOCOL": _PROTOCOLS, "GIT_CONFIG_GLOBAL": _own_settings(environ)}
    command = ["push", "--no-verify", "--quiet", address, f"{update.new}:{update.name}"]
    try:
        runner.run(command, environment=variables)
    except GitFailed as error:
        short = update.name.removeprefix("refs/heads/")
        raise Refused(
            f"{remote} did not take {short}",
            detail=error.said,
            hint=f"push it yourself: git push {remote} {short}",
        ) from error
    return remote


def remote_of(layout: Layout, branch: str) -> tuple[str, str]:
    """Return name and address of the remote that a branch is pushed to; raises Refused when there is none."""
    settings = parse_config(read_small(layout.common_dir / "config"))
    short = branch.removeprefix("refs/heads/")
    remote = settings.get(f"branch.{short}.remote", "origin")
    address = settings.get(f"remote.{remote}.pushurl") or settings.get(f"remote.{remote}.url", "")
    if not address or address.startswith("-"):
        raise Refused(
            f"there is no remote {remote} to push to",
            hint="add one: git remote add origin ADDRESS, then git push",
        )
    here = layout.root / address
    return remote, str(here) if "://" not in address and here.exists() else address


def _own_settings(environ: Mapping[str, str]) -> str:
    home = Path(environ.get("HOME") or "/nonexistent")
    places = (
        home / ".gitconfig",
        Path(environ.get("XDG_CONFIG_HOME") or home / ".config") / "git" / "config",
    )
    return next((str(place) for place in places if place.is_file()), os.devnull)
