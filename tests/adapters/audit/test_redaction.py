"""No secret reaches the log, and what is none stays readable."""

import pytest
from audit_bench import Bench

from autonomous.adapters.audit.redaction import Redaction

# Put together here, so that no scanner of secrets takes this file for a leak.
SECRETS = [
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "ghp_" + "a1B2" * 9,
    "github_pat_" + "1" * 30,
    "glpat-" + "x" * 20,
    "xoxb-" + "1" * 12,
    "sk-" + "proj-" + "a" * 40,
    "sk_live_" + "b" * 20,
    "AIza" + "c" * 35,
    "ya29." + "d" * 30,
    "npm_" + "e" * 36,
    "pypi-" + "AgEI" * 5,
    "hf_" + "F" * 34,
    "SG." + "g" * 20 + "." + "h" * 20,
    "eyJ" + "hbGciOi" * 2 + "." + "eyJzdWIi" * 2 + "." + "c2ln" * 3,
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\nMIIE and no end",
]
NAMED = [
    ("password={}", "x"),
    ("DB_PASSWORD = {}", "hunter2"),
    ('{{"api_key": "{}"}}', "two words"),
    ("secret: {}", "hunter22"),
    ("key={}", "abc"),
    ("signing-key='{}'", "a b c"),
    ("https://{}@example.org/x", "user:pa55"),
    ("https://{}@example.org/x", ":pa55"),
    ("--token {}", "abc"),
    ("Authorization: Bearer {}", "abcdef.ghijk"),
    ("pwd={};", "p"),
    ("aws_secret_access_key={}", "Q" * 40),
]
HARMLESS = [
    "4 tests run these lines: pass",
    "sorted by key",
    "monkey=banana",
    "the token is missing",
    "keyboard: english",
    "d0be2dc421be4fcd0172e5afceea3970e2f3d940",
    "a" * 64,
    "src/tokens.py:24 `shell=True` for subprocess.run",
    "https://example.org:8080/x@y",
    "task-skipped-because-there-was-nothing-to-do",
    "",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_known_shapes(secret: str) -> None:
    assert Redaction({}).text(f"before {secret}") == "before [redacted]"


@pytest.mark.parametrize(("text", "value"), NAMED)
def test_named_values(text: str, value: str) -> None:
    shown = Redaction({}).text(text.format(value))
    name, _, _ = text.replace("{{", "{").partition("{}")
    assert shown.startswith(name.rstrip("\"'"))
    assert shown.count("[redacted]") == 1
    assert value not in shown.replace("[redacted]", "").removeprefix(name)
    assert Redaction({}).text(shown) == shown, "a second time changes nothing"


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays(text: str) -> None:
    assert Redaction({}).text(text) == text


def test_values_of_secret_variables() -> None:
    environ = {
        "API_TOKEN": "correct horse",
        "API_TOKEN_2": "correct horse battery",
        "MY_KEY": "a.*b(c",
        "GITHUB_TOKEN": "",
        "DB_PASS": "short",
        "PWD": "/home/alice",
        "MONKEY": "banana!",
        "KEYBOARD": "english",
    }
    text = Redaction(environ).text(
        "correct horse battery, correct horse, a.*b(c, aXXb(c, short, /home/alice, banana!, english"
    )
    assert text == "[redacted], [redacted], [redacted], aXXb(c, short, /home/alice, banana!, english"


def test_secrets_are_gone_before_the_hash(bench: Bench) -> None:
    bench.environ["SERVICE_TOKEN"] = "correct horse"
    record = bench.log.append(
        bench.event(
            "correct horse",
            actor="correct horse",
            why="because password=hunter2",
            facts={
                "note": "correct horse",
                "token": "anything",
                "tokens": 12,
                "empty_token": "",
                "secret": None,
            },
        )
    )
    assert record.event.facts == {
        "note": "[redacted]",
        "token": "[redacted]",
        "tokens": 12,
        "empty_token": "",
        "secret": None,
    }
    written = b"".join(path.read_bytes() for path in bench.directory.iterdir())
    assert b"correct horse" not in written
    assert b"hunter2" not in written
    assert bench.log.verify() == ()
