"""Globs of rule.toml on POSIX paths: `*` and `?` stay within one folder, `**` crosses folders."""

import re
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_MEANING: Final = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@lru_cache(maxsize=512)
def _compiled(glob: str) -> re.Pattern[str]:
    anywhere = "" if "/" in glob.rstrip("/") else "(?:.*/)?"
    body = "".join(_MEANING.get(piece, re.escape(piece)) for piece in _PIECE.findall(glob.rstrip("/")))
    return re.compile(f"{anywhere}{body}(?:/.*)?", re.DOTALL)


def matches(path: str, globs: tuple[str, ...]) -> bool:
    """Tell whether one of the globs names the file, or a folder that it lies in.

    A glob without a slash names files and folders at any depth, as in `.gitignore`.
    """
    return any(_compiled(glob).fullmatch(path) is not None for glob in globs)
