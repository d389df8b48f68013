"""Which distributions a project says it needs, read from its files and never from what is installed."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from configparser import ConfigParser, Error

from autonomous.ports.files import Files, FileUnreadable

_REQUIREMENTS = (
    "requirements.txt",
    "requirements-dev.txt",
    "dev-requirements.txt",
    "requirements/base.txt",
    "requirements/dev.txt",
    "requirements.in",
)
_DISTRIBUTIONS = {
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "crypto": "pycryptodome",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "git": "gitpython",
    "jwt": "pyjwt",
    "openssl": "pyopenssl",
    "pil": "pillow",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
"""Import names that differ from their distribution's name, lower case; from the projects' own pages."""

_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")


def declares(files: Files, module: str) -> bool:
    """Tell whether a distribution that provides `module`, by its own name or a package's, is declared."""
    parts = module.split(".")
    names = {_plain(".".join(parts[:depth])) for depth in range(1, len(parts) + 1)}
    names.add(_plain(_DISTRIBUTIONS.get(parts[0].lower(), parts[0])))
    return not names.isdisjoint(_declared(files))


def _declared(files: Files) -> Iterator[str]:
    for requirement in (*_from_pyproject(files), *_from_setup_cfg(files), *_from_lists(files)):
        match = _NAME.match(requirement)
        if match:
            yield _plain(match[1])


def _from_pyproject(files: Files) -> Iterator[str]:
    try:
        document = tomllib.loads(_text(files, "pyproject.toml"))
    except tomllib.TOMLDecodeError:
        return
    project = _table(document, "project")
    yield from _strings(project.get("dependencies"))
    groups = (
        *_table(project, "optional-dependencies").values(),
        *_table(document, "dependency-groups").values(),
    )
    for group in groups:
        yield from _strings(group)
    poetry = _table(_table(document, "tool"), "poetry")
    yield from _table(poetry, "dependencies")
    for group in _table(poetry, "group").values():
        if isinstance(group, dict):
            yield from _table(group, "dependencies")


def _from_setup_cfg(files: Files) -> Iterator[str]:
    config = ConfigParser(interpolation=None)
    try:
        config.read_string(_text(files, "setup.cfg"))
    except Error:
        return
    yield from config.get("options", "install_requires", fallback="").splitlines()
    if config.has_section("options.extras_require"):
        for _, group in config.items("options.extras_require"):
            yield from group.splitlines()


def _from_lists(files: Files) -> Iterator[str]:
    for path in _REQUIREMENTS:
        yield from _text(files, path).splitlines()


def _table(parent: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> Sequence[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(files: Files, path: str) -> str:
    if not files.exists(path):
        return ""
    try:
        return files.read(path).decode("utf-8", "replace")
    except FileUnreadable:
        return ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
