"""The path rule: which files a change may never touch, and which only when a person named them."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Mapping

from autonomous.adapters.git.tree import LINK, SUBMODULE, TreeEntry

# Characters that HFS+ leaves out when it compares names; git keeps the same list (utf8.c, next_hfs_char).
_IGNORED_BY_HFS = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
# The short name NTFS gives to `.git` and to files whose long name begins so.
_SHORT_GIT = re.compile(r"git~\d+")
_SHORT_SETTINGS = re.compile(r"(?:gitmod|gitatt|gi7eba|gi7d29)~\d+")

_SETTINGS_OF_GIT = frozenset({".gitattributes", ".gitmodules"})
_CI_FILES = frozenset({
    ".gitlab-ci.yml", ".gitlab-ci.yaml", ".travis.yml", ".appveyor.yml", "appveyor.yml", ".drone.yml",
    ".woodpecker.yml", ".cirrus.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "jenkinsfile",
})  # fmt: skip
_CI_FOLDERS = frozenset({".circleci", ".buildkite", ".woodpecker", ".ci", ".teamcity"})
_FORGES = frozenset({".github", ".gitea", ".forgejo", ".gitlab"})
_HOOK_FILES = frozenset({
    ".pre-commit-config.yaml", ".pre-commit-hooks.yaml", "lefthook.yml", ".lefthook.yml",
    "sitecustomize.py", "usercustomize.py",
})  # fmt: skip
_HOOK_FOLDERS = frozenset({".husky", ".githooks", ".git-hooks"})
_HOOK_NAMES = re.compile(
    r"(?:pre|post|prepare|commit|applypatch|update|reference|push|proc|sendemail|fsmonitor)-[a-z-]+"
)
_OWN = frozenset({"autonomous.toml", ".autonomous"})


def refuse(path: str, *, allow: Collection[str] = ()) -> str | None:
    """Return why a change to `path` is refused, or None when it may be made.

    `allow` names protected files that a person approved; what leaves the tree or reaches into a git
    directory is refused in any case. Names are compared after NFC, case folding and removal of
    trailing dots and spaces, because file systems take such names for the same.
    """
    if not path or "\0" in path:
        return "it is no file name"
    parts = re.split(r"[/\\]", path)
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path):
        return "it is an absolute path"
    if any(part in {"", ".", ".."} for part in parts) or any(_folded(part) == "" for part in parts):
        return "it does not stay in the tree"
    if any(_is_git(part) for part in parts):
        return "it reaches into a git directory"
    if path in allow:
        return None
    return _protected([_folded(part) for part in parts])


def refuse_in_tree(path: str, entries: Mapping[str, TreeEntry]) -> str | None:
    """Return why `path` cannot be a regular file among `entries`, or None when it can."""
    found = entries.get(path)
    if found is not None:
        if found.regular:
            return None
        return "it is a symbolic link" if found.mode == LINK else "it is a submodule"
    folded = {fold(name): name for name in entries}
    parts = path.split("/")
    for end in range(1, len(parts)):
        name = folded.get(fold("/".join(parts[:end])))
        if name is not None:
            kind = {LINK: "a symbolic link", SUBMODULE: "a submodule"}.get(entries[name].mode, "a file")
            return f"{name} on its way is {kind}"
    same = folded.get(fold(path))
    if same is not None:
        return f"{same} has the same name but for case"
    if any(name.startswith(f"{fold(path)}/") for name in folded):
        return "it is a directory"
    return None


def fold(path: str) -> str:
    """Return what a forgiving file system makes of a path, for comparing."""
    return "/".join(_folded(part) for part in path.split("/"))


def is_git_name(path: str) -> bool:
    """Tell whether any part of a path is `.git` in some spelling."""
    return any(_is_git(part) for part in re.split(r"[/\\]", path))


def _folded(part: str) -> str:
    plain = _IGNORED_BY_HFS.sub("", unicodedata.normalize("NFC", part)).casefold()
    return unicodedata.normalize("NFC", plain).rstrip(". ")


def _is_git(part: str) -> bool:
    name = _folded(part.split(":", 1)[0])  # NTFS: what follows a colon names a stream of the same file
    return name == ".git" or _SHORT_GIT.fullmatch(name) is not None


def _protected(parts: list[str]) -> str | None:
    name, folders = parts[-1].split(":", 1)[0].rstrip(". "), parts[:-1]
    if name in _SETTINGS_OF_GIT or _SHORT_SETTINGS.fullmatch(name):
        return "it changes what git does with other files"
    if name in _CI_FILES or _CI_FOLDERS.intersection(parts) or _in_workflows(parts):
        return "it decides what continuous integration runs"
    if name in _HOOK_FILES or _HOOK_FOLDERS.intersection(folders) or _git_hook(name, folders):
        return "it is run as a hook"
    if name == "conftest.py":
        return "it steers the tests that judge the change"
    return "it holds the settings of autonomous" if _OWN.intersection(parts) else None


def _in_workflows(parts: list[str]) -> bool:
    pairs = itertools.pairwise(parts)
    return any(forge in _FORGES and below in {"workflows", "actions", "ci"} for forge, below in pairs)


def _git_hook(name: str, folders: list[str]) -> bool:
    return folders[-1:] == ["hooks"] and (name == "update" or _HOOK_NAMES.fullmatch(name) is not None)
