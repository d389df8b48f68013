"""Finds rule folders and loads them: the shelf that is shipped, installed additions, and those of a repository."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from autonomous.model.kinds import Category
from autonomous.rulebook.code import CODE_FILES, digest_of_code
from autonomous.rulebook.faults import RuleBroken, RuleCodeRefused
from autonomous.rulebook.rule import Rule
from autonomous.rulebook.rulecheck import read_rule_file

ENTRY_POINTS = "autonomous.rules"
_PACKAGE = Path(__file__).resolve().parent.parent
_CATEGORIES = {category.value: category for category in Category}


def shelf(package: Path = _PACKAGE) -> Path:
    """The shipped rules: inside the installed package, or `rules/` of the checkout that the package lies in.

    Raises RuleBroken when there are neither.
    """
    for folder in (package / "_rules", package.parent.parent / "rules"):
        if folder.is_dir():
            return folder
    raise RuleBroken(package / "_rules", "the rules are missing from this installation")


@cache
def installed_shelves() -> tuple[Path, ...]:
    """Folders of rules that other installed packages offer as entry points `autonomous.rules`.

    An entry point names a package or an attribute of one: a path, or a module whose folder holds the rules.
    Raises RuleBroken for one that names neither.
    """
    found: list[Path] = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        value = point.load()
        if isinstance(value, str | Path):
            found.append(Path(value))
        elif getattr(value, "__file__", None):
            found.append(Path(value.__file__).parent)
        else:
            raise RuleBroken(
                Path(point.value), f"entry point {point.name} names neither a path nor a package"
            )
    return tuple(found)


def load_rules(folders: Sequence[Path], *, trusted: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """Load the rules of all folders, sorted by id.

    A folder holds `<category>/<rule>/rule.toml`, or is one rule folder itself. Code (rule.py, fix.py) is accepted
    from the shipped and the installed shelves, and elsewhere only when the folder's digest is in `trusted`.
    Raises RuleBroken for the first fault and for ids or names that occur twice, RuleCodeRefused for code of a
    stranger.
    """
    rules: dict[str, Rule] = {}
    names: dict[str, Rule] = {}
    for root in folders:
        for category, folder in _rule_folders(root):
            rule = load_rule(folder, category=category, trusted=trusted)
            for key, value, taken in (("id", rule.id, rules), ("folder", rule.name, names)):
                other = taken.setdefault(value, rule)
                if other is not rule:
                    raise RuleBroken(folder / "rule.toml", f"`{value}` is taken by {other.folder}", key=key)
    return tuple(rules[key] for key in sorted(rules))


def load_rule(folder: Path, *, category: Category, trusted: frozenset[str] = frozenset()) -> Rule:
    """Load one rule folder. Raises RuleBroken and RuleCodeRefused."""
    finder, fixers = ((folder / name).is_file() for name in CODE_FILES)
    if (finder or fixers) and not _lies_in(folder, shelf()):
        digest = digest_of_code(folder)
        if digest not in trusted and not any(_lies_in(folder, root) for root in installed_shelves()):
            raise RuleCodeRefused(folder, digest)
    data = read_rule_file(folder / "rule.toml", finder=finder, fixers=fixers)
    return Rule(data, category, folder, has_code=finder or fixers)


def _lies_in(folder: Path, root: Path) -> bool:
    return folder.resolve().is_relative_to(root.resolve())


def _rule_folders(root: Path) -> Iterator[tuple[Category, Path]]:
    if not root.is_dir():
        raise RuleBroken(root, "is no folder of rules")
    if (root / "rule.toml").is_file():
        yield _category(root.absolute().parent), root
        return
    for shelf_folder in _folders(root):
        category = _category(shelf_folder)
        for folder in _folders(shelf_folder):
            yield category, folder


def _folders(parent: Path) -> list[Path]:
    """Folders in a folder, without those that a name sets apart (`_taint`, `.git`, `__pycache__`)."""
    return sorted(each for each in parent.iterdir() if each.name[0] not in "._" and each.is_dir())


def _category(folder: Path) -> Category:
    try:
        return _CATEGORIES[folder.name]
    except KeyError:
        known = ", ".join(_CATEGORIES)
        raise RuleBroken(folder, f"`{folder.name}` is no category; known: {known}") from None
