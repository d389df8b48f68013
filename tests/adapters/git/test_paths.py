"""The path rule, by example and by attack."""

import posixpath
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autonomous.adapters.git.paths import is_git_name, refuse, refuse_in_tree
from autonomous.adapters.git.tree import TreeEntry

FINE = [
    "a.py", "src/app.py", "src/git/x.py", "src/.gitkeep", ".gitignore", "hooks/useful.py", "src/hooks/pre_process.py",
    "dot.git/x", "agit", "git", "ci/build.py", "src/actions/x.py", "tests/test_conftest.py", "a b.py", "ünï.py",
    "new\nline.py", "caf\udce9.py", "pyproject.toml", "autonomous/x.py", "...x", ".github/CODEOWNERS",
]  # fmt: skip
OUTSIDE = [
    "", "/x", "../x", "a/../x", "a/..", ".", "a//b", "./a", "a/", "\\x", "a\\..\\x", "C:/x", "c:x", ".../x", "a/. ./x",
    "a\0b", "..\\x", ".. /x",
]  # fmt: skip
GIT = [
    ".git", ".git/config", "a/.git/hooks/x", ".GIT/config", ".Git", ".git.", ".git ", ".git. . /x", "GIT~1", "git~2/x",
    ".git::$INDEX_ALLOCATION/x", ".git:x", ".g\u200cit/config", "\ufeff.git", "a\\.git\\config", ".gIT /x", "sub/.git",
]  # fmt: skip
PROTECTED = [
    ".gitattributes", "src/.gitattributes", ".gitmodules", ".GITMODULES", ".gitattributes ", "GITMOD~1", ".gitmodules:x",
    ".github/workflows/ci.yml", ".GitHub/Workflows/x.yml", ".github/actions/a/action.yml", ".gitlab-ci.yml", ".ci/run",
    ".circleci/config.yml", "Jenkinsfile", "azure-pipelines.yml", ".travis.yml", ".forgejo/workflows/x",
    "hooks/pre-commit", ".husky/pre-push", ".githooks/x", ".pre-commit-config.yaml", "sitecustomize.py", "hooks/update",
    "conftest.py", "tests/deep/conftest.py", "tests/Conftest.py.", "autonomous.toml", ".autonomous/baseline.json",
    ".autonomous", "sub/.autonomous/rules/x/rule.toml",
]  # fmt: skip


@pytest.mark.parametrize("path", FINE)
def test_ordinary_files(path):
    assert refuse(path) is None


@pytest.mark.parametrize("path", [*OUTSIDE, *GIT])
def test_never_whoever_approves(path):
    assert refuse(path, allow={path}) is not None


@pytest.mark.parametrize("path", PROTECTED)
def test_only_by_name(path):
    assert refuse(path) is not None
    assert refuse(path, allow={"other.py"}) is not None
    assert refuse(path, allow={path}) is None


SPELLINGS = st.lists(st.sampled_from([*".gGiItT", "\u200d", "\ufeff"]), min_size=4, max_size=8).map("".join)
PARTS = st.one_of(
    st.sampled_from(["..", ".", "", ".git", "a", "src", "git~1", "...", " "]),
    SPELLINGS,
    st.text(st.characters(codec=None, categories=["L", "P", "Z", "Cf", "Cs"]), max_size=6),
)


@given(st.lists(PARTS, min_size=1, max_size=5), st.sampled_from(["/", "\\"]))
def test_what_is_let_through_stays_inside_and_out_of_git(parts, separator):
    path = separator.join(parts)
    if refuse(path, allow={path}) is not None:
        return
    assert not posixpath.isabs(path)
    assert posixpath.normpath(path) == path
    for part in path.replace("\\", "/").split("/"):
        visible = "".join(letter for letter in part if unicodedata.category(letter) != "Cf")
        assert visible.casefold().strip(" .") not in {"", "git~1"}
        assert visible.casefold().rstrip(" .") != ".git"


@given(
    st.text("gitGIT", min_size=3, max_size=3).filter(lambda text: text.casefold() == "git"),
    st.text(". ", max_size=3),
    st.sampled_from(["", ":x", "::$DATA"]),
    st.sampled_from(["", "a/", "a\\", "../"]),
)
def test_every_spelling_of_git_is_refused(letters, ending, stream, before):
    path = f"{before}.{letters}{ending}{stream}/config"
    assert refuse(path, allow={path}) is not None
    assert is_git_name(path)


def test_a_new_file_among_others():
    blob = "0" * 40
    entries = {"src/é.py": TreeEntry("100644", blob), "lib": TreeEntry("120000", blob)}
    assert refuse_in_tree("src/new.py", entries) is None
    assert refuse_in_tree("src/é.py", entries) is None
    assert refuse_in_tree("src/e\u0301.py", entries) == "src/é.py has the same name but for case"
    assert refuse_in_tree("LIB/x.py", entries) == "lib on its way is a symbolic link"
