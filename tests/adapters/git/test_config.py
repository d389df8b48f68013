"""Configuration is data: read as git reads it, without includes."""

from repositories import git, plain, write

from autonomous.adapters.git.config import parse_config

TEXT = """\
; comment
[core]
\trepositoryFormatVersion = 1
\tbare = false ; trailing comment
[Extensions] objectFormat = sha256
[remote "or\\"igin \\\\x"]
\turl = "quoted # value" and more
\tpromisor
\tmulti = one \\
two
[include]
\tpath = elsewhere
[branch "Main.x"]
\tmerge = refs/heads/a # comment
\tempty =
"""


def test_git_agrees(tmp_path):
    root = plain(tmp_path / "user")
    write(root, {"sample": TEXT})
    listing = git(root, "config", "--file", "sample", "--no-includes", "--null", "--list")
    pairs = (line.partition("\n") for line in listing.split("\0") if line)
    theirs = {name: value if newline else "true" for name, newline, value in pairs}
    ours = parse_config(TEXT)
    assert {name: " ".join(value.split()) for name, value in ours.items()} == {
        name: " ".join(value.split()) for name, value in theirs.items()
    }
    assert ours["extensions.objectformat"] == "sha256"
    assert ours['remote.or"igin \\x.promisor'] == "true"


def test_rubbish_is_left_out():
    assert parse_config('x = 1\n[core\n= 3\n[a]\n1x = 2\ny = "open\n') == {"a.y": "open"}
