r"""Text from a repository made harmless and honest: what hides or deceives is shown as an escape (`\u202e`)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_WORD = re.compile(r"\w+")
# Control, format, surrogate, private use, unassigned; line and paragraph separators; spaces but the plain one.
_HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
# Letters and marks without ink: Hangul fillers, the braille blank, the grapheme joiner, Khmer inherent vowels.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # variation selectors can smuggle any bytes
# Scripts whose letters pass for Latin ones; Han or Kana beside Latin deceive nobody.
_CONFUSABLE = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
# From Unicode's confusables.txt (UTS 39): letters that most fonts draw as a Latin letter. Greek small letters
# that mathematics uses by themselves are left out, but for omicron.
_LATIN_TWINS = frozenset(
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0425\u0423"
    "\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
_PROSE = " ,.;:!?-\"'"  # what may stand between two words of one sentence


def visible(text: str, *, keep: str = "") -> str:
    r"""Return `text` with every hiding or look-alike character as an escape.

    Characters in `keep` (a newline, a tab) stay as they are. The result is for people; it is not meant
    to be turned back: a backslash that stood in the text is left alone.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(pieces(text, keep=keep))


def pieces(text: str, *, keep: str = "") -> list[str]:
    """Return what is shown for each character of `text`, so that columns can be counted."""
    shown = [char if char in keep or not _hides(char) else _escape(char) for char in text]
    if not text.isascii():
        for at in _deceiving(text):
            shown[at] = _escape(text[at])
    return shown


@cache
def _hides(char: str) -> bool:
    if char == " ":
        return False
    if unicodedata.category(char) in _HIDING or char in _BLANK:
        return True
    return any(ord(char) in selectors for selectors in _SELECTORS)


def _escape(char: str) -> str:
    code = ord(char)
    if code <= 0xFF:  # noqa: PLR2004 - the largest value that two hexadecimal digits hold
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - likewise, four digits


def _deceiving(text: str) -> Iterator[int]:
    """Yield the places of letters that pass for others."""
    for phrase in _phrases(text):
        words = [[(at, text[at]) for at in range(word.start(), word.end())] for word in phrase]
        honest = any(_script(c) in _CONFUSABLE and c not in _LATIN_TWINS for word in words for _, c in word)
        for word in words:
            # Python itself reads a fullwidth or mathematical letter of a name as the plain one (PEP 3131).
            yield from (at for at, char in word if _folds_to_ascii(char))
            foreign = [at for at, char in word if _script(char) in _CONFUSABLE]
            mixed = any(_script(char) == "LATIN" for _, char in word)
            # A word of nothing but twins is a disguise, unless the sentence around it is plainly foreign.
            if mixed or (not honest and all(text[at] in _LATIN_TWINS for at in foreign)):
                yield from foreign


def _phrases(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield runs of words with nothing but a sentence's spaces and stops between them."""
    phrase: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if phrase and text[phrase[-1].end() : word.start()].strip(_PROSE):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


@cache
def _folds_to_ascii(char: str) -> bool:
    return not char.isascii() and char.isalpha() and unicodedata.normalize("NFKC", char).isascii()


@cache
def _script(char: str) -> str:
    """Return the first word of a letter's Unicode name, which for letters is their script."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""
