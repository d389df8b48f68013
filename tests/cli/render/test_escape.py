"""Nothing that hides or deceives comes out of the escape, and plain text comes out as it went in."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autonomous.cli.render.escape import pieces, visible

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HIDING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
ANY = st.text(st.characters(codec=None, categories=None))


@given(ANY)
@example("\x1b[2J\x9b31m\r\n\t\x7f\x00")
@example("".join(BIDI))
@example("\u200b\u200d\ufeff\u00ad\U000e0041\ud800\udcff\u2028")
def test_nothing_that_hides_comes_out(text: str) -> None:
    shown = visible(text)
    assert not [char for char in shown if unicodedata.category(char) in HIDING]
    assert not BIDI & set(shown)


@given(ANY)
def test_only_what_is_kept_stays(text: str) -> None:
    shown = visible(text, keep="\n\t")
    assert not [c for c in shown if unicodedata.category(c) in HIDING and c not in "\n\t"]
    assert shown.count("\n") == text.count("\n")
    assert shown.count("\t") == text.count("\t")


@given(ANY)
def test_one_piece_a_character(text: str) -> None:
    assert len(pieces(text)) == len(text)
    assert "".join(pieces(text)) == visible(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_printable_ascii_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_the_result_is_stable_within_one_script(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "größe = façade  # naïve",
        "привет, с миром, а также о нём",
        "説明 = '日本語テキスト'",
        "データbase と 入門Python",
        "ελληνικά και αγγλικά",
        "한국어",
        "עברית",
        "x = 'é'  # ─│└ → ·",
        "µs = 1",
        "😀",
        "ρ = ν * α",
    ],
)
def test_honest_text_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("a\x9bb", "a\\x9bb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb", "a\\u200bb"),
        ("a\U000e0041b", "a\\U000e0041b"),
        ("a\ufe01b", "a\\ufe01b"),
        ("a\U000e0101b", "a\\U000e0101b"),
        ("a\u00a0b", "a\\xa0b"),
        ("a\u3164b", "a\\u3164b"),
        ("a\udcffb", "a\\udcffb"),
        ("\u0440\u0430ypal", "\\u0440\\u0430ypal"),  # Cyrillic beside Latin
        ("t\u03bftal = 1", "t\\u03bftal = 1"),  # Greek omicron
        ("\u0430\u0441\u0435 = 1", "\\u0430\\u0441\\u0435 = 1"),  # all Cyrillic, drawn as "ace"
        (
            "\u0441\u043e\u0440 = 1  # \u0438",
            "\\u0441\\u043e\\u0440 = 1  # \u0438",
        ),  # a comment excuses nothing
        ("\uff45val(x)", "\\uff45val(x)"),  # fullwidth: Python reads it as eval
        ("\U0001d41eval(x)", "\\U0001d41eval(x)"),
        ("\u212aey", "\\u212aey"),  # Kelvin sign
    ],
)
def test_what_deceives_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
