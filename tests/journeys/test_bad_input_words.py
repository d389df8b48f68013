"""Words that cannot be meant: each error names the word, guesses where it can, and is data for a program too."""

import json

import pytest
from shops import Shop
from telling import assert_told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("scna src", ["there is no command `scna`", "Did you mean `autonomous scan`?"]),
        ("--foo", ["there is no option `--foo`", "autonomous --help"]),
        ("scan --rul x", ["no such option: --rul", "--rule", "autonomous scan --help"]),
        ("scan --rule not-inn", ["there is no rule not-inn", "did you mean not-in?"]),
        ("scan --rule AUT999", ["there is no rule AUT999", "autonomous rules list"]),
        ("scan --category securty", ["'--category': 'securty' is not one of 'security'"]),
        ("scan --severity bad", ["'--severity': 'bad' is not one of 'critical'"]),
        ("scan --format xml", ["'--format': 'xml' is not one of 'text', 'json'"]),
        ("scan nowhere", ["there is no file or directory nowhere", "check the path"]),
        ("scan src ..", ["is not below", "change to the repository"]),
        ("improve nowhere", ["there is no file or directory nowhere"]),
        ("improve --max-changes 0", ["'--max-changes'", "greater than or equal to 1"]),
        ("improve --resume wf-zz", ["no run has an id that starts with 'wf-zz'", "autonomous status"]),
        ("improve --push --dry-run", ["--push and --dry-run exclude each other"]),
        ("status wf-zz", ["no run has an id that starts with 'wf-zz'"]),
        ("propose zzz", ["no finding has an id that starts with 'zzz'", "autonomous scan"]),
        ("validate zzz", ["no proposal has an id that starts with 'zzz'", "autonomous status"]),
        ("approve zzz --yes", ["no proposal has an id that starts with 'zzz'"]),
        ("approve --yes", ["--yes and --no need proposals"]),
        ("implement zzz", ["no proposal has an id that starts with 'zzz'"]),
        ("rollback wf-zz", ["no run has an id that starts with 'wf-zz'"]),
        ("rollback --commit zzz", ["no run made the commit zzz"]),
        ("rollback --checkpoint zzz", ["there is no such checkpoint", "zzz", "autonomous checkpoints"]),
        ("checkpoints lst", ["there is no action 'lst'", "use list, create or prune"]),
        ("audit --since yesterday", ["'yesterday' is no date", "2026-01-31"]),
        ("audit --workflow wf-zz", ["no run has an id that starts with 'wf-zz'"]),
        ("rules AUT999", ["there is no rule AUT999"]),
    ],
)
def test_a_word_that_means_nothing(kiosk: Shop, line: str, words: list[str]) -> None:
    assert_told(kiosk.run(*line.split()), *words, code=2)
    as_data = kiosk.run(*line.split(), "--format", "json")
    if "--format" not in line and not line.startswith("-"):
        document = json.loads(as_data.out)
        assert document["kind"] == "error"
        assert document["error"]["exit_code"] == as_data.code == 2
        assert document["error"]["what"]
        assert document["error"]["hint"]


def test_no_command_at_all_shows_what_there_is(kiosk: Shop) -> None:
    answer = kiosk.run()
    assert answer.code == 2
    assert "usage: autonomous COMMAND" in answer.err


def test_an_id_that_fits_several(kiosk: Shop) -> None:
    kiosk.run("scan", "src")
    kiosk.run("improve", "src", "--dry-run")
    assert_told(kiosk.run("status", "wf-"), "'wf-' is the start of several run ids: wf-", code=2)
    findings = json.loads(kiosk.run("scan", "src", "--format", "json").out)["findings"]
    first = next(f["fingerprint"] for f in findings)
    assert kiosk.run("propose", first[:12]).code == 0
    answer = kiosk.run("propose", "")
    assert_told(answer, "no finding has an id that starts with ''", code=2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'fail_onn = "low"',
            ["there is no setting `fail_onn`", "pyproject.toml:2", "did you mean `fail_on`?"],
        ),
        ('fail_on = "awful"', ["`fail_on` must be one of critical", "pyproject.toml:2"]),
        ('policy.auto_approve = ["security"]', ["policy.auto_approve", "pyproject.toml:2"]),
        ("fail_on = ", ["the settings file is not valid TOML", "pyproject.toml"]),
    ],
)
def test_settings_of_the_repository(kiosk: Shop, text: str, words: list[str]) -> None:
    (kiosk.root / "pyproject.toml").write_text(f"[tool.autonomous]\n{text}\n")
    for command in (("scan", "src"), ("improve", "src"), ("status",)):
        assert_told(kiosk.run(*command), *words, code=2)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("AUTONOMOUS_LIMTS__CHANGES", "3", ["`limts.changes`", "did you mean `limits.changes`?"]),
        ("AUTONOMOUS_LIMITS__TEST_SECONDS", "soon", ["must be a number above 0, not 'soon'"]),
    ],
)
def test_settings_of_the_environment(kiosk: Shop, name: str, value: str, words: list[str]) -> None:
    shop = Shop(kiosk.root, kiosk.environ | {name: value})
    assert_told(shop.run("scan", "src"), name, *words, code=2)
