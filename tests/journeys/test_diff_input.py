"""A diff on standard input: every file that it touches is scanned, whatever its name and however git was set up."""

import json
import subprocess

import pytest
from shops import Answer, Shop

OLD = "def first(items):\n    return not 1 in items\n"
NEW = f"{OLD}\n\ndef second(items):\n    return not 2 in items\n"
NAMES = [
    "plain.py",
    "caf\u00e9/\u00e9.py",
    "a b.py",
    "b/below.py",
    'quo"te.py',
    "back\\slash.py",
    "\u65e5.pyi",
]


def diffed(kiosk: Shop, *options: str) -> bytes:
    """Return what git prints for files that were changed, added and renamed, one of them removed."""
    command = ["git", *options[:-1], "diff", "--cached", "-M", *options[-1:]]
    return subprocess.run(command, cwd=kiosk.root, env=kiosk.environ, capture_output=True, check=True).stdout


def found(answer: Answer) -> set[tuple[str, int]]:
    return {(each["path"], each["span"]["line"]) for each in json.loads(answer.out)["findings"]}


@pytest.fixture
def changed(kiosk: Shop) -> Shop:
    """A repository with changes in the index."""
    for name in [*NAMES, "gone.py", "moved from.py"]:
        (kiosk.root / name).parent.mkdir(exist_ok=True)
        (kiosk.root / name).write_text(OLD)
    (kiosk.root / "gone.py").write_text("GONE = 1\n" * 9)
    (kiosk.root / "moved from.py").write_text(f"{OLD}# {'kept ' * 50}\n")
    kiosk.commit_all("files")
    for name in NAMES:
        (kiosk.root / name).write_text(NEW)
    (kiosk.root / "fresh one.py").write_text(OLD)
    (kiosk.root / "moved from.py").rename(kiosk.root / "moved to.py")
    (kiosk.root / "moved to.py").write_text((kiosk.root / "moved to.py").read_text() + NEW[len(OLD) :])
    (kiosk.root / "gone.py").unlink()
    kiosk.git("add", "-A")
    return kiosk


@pytest.mark.parametrize(
    "options",
    [
        ("--unified=3",),
        ("--unified=0",),
        ("-c", "core.quotePath=false", "--unified=3"),
        ("-c", "diff.mnemonicPrefix=true", "--unified=3"),
    ],
    ids=["usual", "without-context", "names-as-they-are", "mnemonic"],
)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_every_file_of_a_diff_is_scanned(changed: Shop, options: tuple[str, ...], line_end: bytes) -> None:
    diff = diffed(changed, *options).replace(b"\n", line_end)
    answer = changed.run("scan", "-", "--rule", "not-in", "--format", "json", stdin=diff)
    assert answer.code == 1
    assert found(answer) == {(name, 6) for name in NAMES} | {("fresh one.py", 2), ("moved to.py", 7)}


def test_a_diff_without_prefixes(changed: Shop) -> None:
    changed.git("reset", "-q", "fresh one.py", "moved from.py", "moved to.py")
    answer = changed.run(
        "scan", "-", "--rule", "not-in", "--format", "json", stdin=diffed(changed, "--no-prefix")
    )
    assert found(answer) == {(name, 6) for name in NAMES}


def test_a_diff_that_adds_no_line_has_nothing_to_scan(kiosk: Shop) -> None:
    (kiosk.root / "src" / "till.py").chmod(0o755)
    kiosk.git("add", "-A")
    diff = diffed(kiosk, "--unified=3")
    assert b"new mode" in diff
    assert kiosk.run("scan", "-", stdin=diff).code == 0


def test_a_removed_line_that_looks_like_a_header(kiosk: Shop) -> None:
    (kiosk.root / "notes.py").write_text('TEXT = """\n-- a/other.py\n++ b/other.py\n"""\n')
    kiosk.commit_all("notes")
    (kiosk.root / "notes.py").write_text(f'TEXT = """\n++ b/third.py\n"""\n{OLD}')
    kiosk.git("add", "-A")
    answer = kiosk.run(
        "scan", "-", "--rule", "not-in", "--format", "json", stdin=diffed(kiosk, "--unified=0")
    )
    assert found(answer) == {("notes.py", 5)}
