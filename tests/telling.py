"""What an error must tell: what happened, to which thing, what to do next, and how the process ends."""

import unicodedata

from shops import Answer

CODES = {0, 1, 2, 3, 4, 5, 130}


def assert_told(answer: Answer, *words: str, code: int) -> None:
    """Check the exit code, that it stands at the end of the message, and that the message says all `words`."""
    assert answer.code == code, answer
    said = " ".join(answer.err.split())
    assert "error: " in said, answer
    assert said.endswith(f"exit {code}"), answer
    for word in words:
        assert word in said, (word, answer.err)
    assert_decent(answer)


def assert_decent(answer: Answer) -> None:
    """Check that a documented code was returned, no traceback shown, and nothing that a terminal would obey."""
    assert answer.code in CODES, answer
    assert "Traceback" not in answer.out + answer.err
    assert_harmless(answer.out + answer.err)


def assert_harmless(text: str) -> None:
    """Check that a text holds no control, formatting or undecodable character but line ends."""
    bad = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"}
    assert not bad, sorted(map(ascii, bad))
