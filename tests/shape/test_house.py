"""The house style, counted: sizes, docstrings, one broad except, no clock below the workspace."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "autonomous"
FILES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PURE = ("model", "ports", "analysis", "rulebook", "stages", "orchestrator")
DOOR = SOURCE / "cli" / "door.py"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(params=FILES, ids=name, scope="module")
def file(request) -> Path:
    return request.param


@pytest.fixture(scope="module")
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def lines_of(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def test_files_are_short(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 250


def test_functions_and_classes_are_short(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert lines_of(node) <= 40, node.name
        if isinstance(node, ast.ClassDef):
            assert lines_of(node) <= 120, node.name


def test_a_file_says_what_it_is_for(tree: ast.Module) -> None:
    assert len((ast.get_docstring(tree) or "").split()) >= 4, "one sentence, please"


def test_names_are_not_vague(tree: ast.Module) -> None:
    vague = re.compile(r"(Manager|Helper|Utils?|Base|Context)$")
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert not [found for found in classes if vague.search(found)]


def broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def test_one_broad_except_at_the_door(file: Path, tree: ast.Module) -> None:
    found = sum(isinstance(node, ast.ExceptHandler) and broad(node) for node in ast.walk(tree))
    assert found == (1 if file == DOOR else 0)


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_any_stays_in_adapters(file: Path, tree: ast.Module) -> None:
    if "adapters" not in file.parts:
        assert "typing.Any" not in set(imports(tree))


def test_one_module_calls_gitpython(file: Path, tree: ast.Module) -> None:
    if file != SOURCE / "adapters" / "git" / "runner.py":
        assert not [module for module in imports(tree) if module.split(".")[0] == "git"]


def test_nothing_below_the_workspace_asks_the_world(file: Path, tree: ast.Module) -> None:
    if file.relative_to(SOURCE).parts[0] not in PURE:
        return
    asked = {
        "time.time", "time.monotonic", "datetime.now", "datetime.datetime.now", "datetime.utcnow",
        "os.environ", "os.getenv", "os.getcwd", "Path.cwd", "Path.home", "random.random",
    }  # fmt: skip
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not used & asked


def test_tests_use_the_real_thing() -> None:
    forbidden = re.compile(
        r"\b(MagicMock|unittest\.mock|monkeypatch\.setattr|pytest\.mark\.(skip|xfail)|importorskip|time\.sleep\()"
    )
    guilty = [name(path) for path in TESTS if path != Path(__file__) and forbidden.search(path.read_text())]
    assert not guilty


HEAVY = (
    "rich",
    "libcst",
    "git",
    "bandit",
    "mypy",
    "griffe",
    "radon",
    "detect_secrets",
    "coverage",
    "pytest",
    "unidiff",
)


def test_starting_imports_little() -> None:
    code = "import sys, autonomous.cli.app; print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {*HEAVY, "typer", "sqlite3"}


def test_a_checkout_runs_and_imports() -> None:
    run = [sys.executable, "autonomous.py", "--version"]
    assert subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout.startswith(
        "autonomous "
    )
    imported = [
        sys.executable,
        "-c",
        "import autonomous, autonomous.version as v; print(autonomous.__file__, v.VERSION)",
    ]
    done = subprocess.run(imported, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == str(ROOT / "autonomous.py"), (
        "the test must import the file that shadows the package"
    )


def test_a_checkout_without_its_dependencies_says_what_to_type() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", str(ROOT / "autonomous.py"), "scan", "."],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install -e" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_repository_names_no_registry_and_no_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    hosts = re.compile("|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "/wo" + "rk/", "/ro" + "ot/"]))
    files = [ROOT / path for path in filter(None, listed) if (ROOT / path).is_file()]
    guilty = [name(path) for path in files if hosts.search(path.read_bytes().decode("utf-8", "replace"))]
    assert not guilty
