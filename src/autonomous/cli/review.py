"""The question about one change: the change with its evidence, then one key for the answer."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from autonomous.cli.editor import NotEdited, edited
from autonomous.cli.keyboard import Keyboard
from autonomous.cli.render import evidence
from autonomous.cli.render.console import ACCENTS
from autonomous.cli.render.diffs import change
from autonomous.cli.render.escape import visible
from autonomous.cli.render.layout import flow
from autonomous.model.change import FileEdit
from autonomous.model.journey import Cleared
from autonomous.ports.reviewer import AllOfRule, Alternative, Answer, Modify, No, Quit, Skip, Yes

_WIDEST = 100  # cells: headings and words read badly on longer lines


class Prompt:
    """A reviewer at a terminal."""

    def __init__(
        self, screen: Console, keyboard: Keyboard, *, editor: tuple[str, ...], sides: bool | None = None
    ) -> None:
        """`sides` asks for a diff in two columns or in one; None leaves it to the width of the screen."""
        self._screen, self._keyboard = screen, keyboard
        self._editor, self._sides = editor, sides

    def ask(self, item: Cleared, *, position: int, total: int, alternatives: Sequence[Cleared]) -> Answer:
        """Show the change and return the answer; the end of input leaves everything waiting."""
        self._show(item, position, total)
        try:
            return self._asked(item, len(alternatives))
        except KeyboardInterrupt:
            self._screen.print()  # what is said next begins a line of its own
            raise

    def _asked(self, item: Cleared, ways: int) -> Answer:
        while True:
            key = self._key(item, ways)
            answer = Quit() if key is None else self._answer(key, item, ways)
            if answer is not None:
                return answer

    def _show(self, item: Cleared, position: int, total: int) -> None:
        screen, width = self._screen, min(self._screen.width, _WIDEST)
        screen.print()
        for line in heading(item, position=position, total=total, width=width):
            screen.print(line, soft_wrap=True)
        edits = item.proposal.change.edits
        for line in change(edits, width=screen.width, sides=self._sides):
            screen.print(line, soft_wrap=True)
        for line in evidence.labelled("change", visible(item.proposal.title), width=width):
            screen.print(line, soft_wrap=True)
        for line in evidence.cleared(item, width=width):
            screen.print(line, soft_wrap=True)

    def _key(self, item: Cleared, ways: int) -> str | None:
        """Ask once; the terminal listens before the question appears, so that no key is lost."""
        another = f"   a another way ({ways})" if ways else ""
        words = (
            f"Apply?  y yes   n no   e edit{another}   r all of {visible(item.proposal.finding.rule)}"
            "   s skip   q quit   ? help"
        )
        with self._keyboard.listening():
            for line in _keys(words, min(self._screen.width, _WIDEST)):
                self._screen.print(Text(line, style="bold"), soft_wrap=True)
            self._screen.print(Text(" > "), end="", soft_wrap=True)
            return self._keyboard.key()

    def _answer(self, key: str, item: Cleared, ways: int) -> Answer | None:
        """Return the answer that a key stands for, or None to ask again."""
        rule = visible(item.proposal.finding.rule)
        plain: dict[str, tuple[str, Answer]] = {
            "y": ("yes", Yes()),
            "r": (f"yes to all of {rule}", AllOfRule()),
            "s": ("skipped: it stays waiting", Skip()),
            "q": ("left: this and what follows stays waiting", Quit()),
        }
        if ways:
            plain["a"] = ("another way", Alternative())
        key = key.lower()
        if key in plain:
            words, answer = plain[key]
            self._say(words)
            return answer
        return self._longer(key, item, ways)

    def _longer(self, key: str, item: Cleared, ways: int) -> Answer | None:
        """Return the answer of a key that asks for more than itself, or say why it is no answer."""
        match key:
            case "n":
                return self._no()
            case "e":
                return self._edit(item)
            case "?":
                self._say("help")
                for line in _help(item, ways, min(self._screen.width, _WIDEST)):
                    self._screen.print(line, soft_wrap=True)
            case "a":
                self._say("there is no other way to fix this")
            case other:
                self._say(
                    f"{other} is none of the keys"
                    if other.isprintable() and other.strip()
                    else "one of the keys, please"
                )
        return None

    def _no(self) -> Answer:
        self._screen.print(Text("no. Why? (kept; Enter for no reason) "), end="", soft_wrap=True)
        reason = self._keyboard.line()
        if reason is None:  # whoever leaves here has not decided
            self._screen.print()
            return Quit()
        return No(reason.strip())

    def _edit(self, item: Cleared) -> Answer | None:
        edit = _editable(item)
        if edit is None or edit.after is None:
            self._say("this change only removes files: there is nothing to edit")
            return None
        self._say(f"editing a copy of {visible(edit.path)}")
        try:
            return Modify(edit.path, edited(edit.path, edit.after, editor=self._editor))
        except NotEdited as error:
            self._screen.print(Text(f"   {visible(str(error))}"), soft_wrap=True)
            return None

    def tell(self, text: str) -> None:
        """Say something about the change at hand."""
        self._say(visible(text))

    def _say(self, words: str) -> None:
        self._screen.print(Text(words), soft_wrap=True)


def heading(item: Cleared, *, position: int, total: int, width: int) -> list[Text]:
    """Return "[1 of 5] path:line  title" with severity, safety and risk at the right, or below it."""
    finding = item.proposal.finding
    line = Text(f"[{position} of {total}] ", style="bold")
    line.append(f"{visible(finding.path)}:{finding.span.line}  {visible(finding.title)}")
    facts = Text(str(finding.severity), style=ACCENTS[finding.severity])
    facts.append(f" · {item.proposal.safety} · risk {item.scores.risk:.2f}", style="not bold default")
    gap = width - line.cell_len - facts.cell_len
    if gap >= 2:  # noqa: PLR2004 - fewer spaces would not part the two
        return [line.append(" " * gap).append_text(facts)]
    return [line, Text(" " * max(0, width - facts.cell_len)).append_text(facts)]


def _keys(words: str, width: int) -> list[str]:
    """Break the list of keys between two of them."""
    lines = [""]
    for part in words.split("   "):
        joined = f"{lines[-1]}   {part}" if lines[-1] else f" {part}"
        if cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(f"         {part}")
    return lines


def _help(item: Cleared, ways: int, width: int) -> Iterator[Text]:
    """Yield what each key does."""
    rule = visible(item.proposal.finding.rule)
    for key, words in (
        ("y", "apply it: it becomes a commit on the branch, and the tests decide whether it stays"),
        ("n", "do not apply it; the reason that you give is kept"),
        ("e", "change the result in your editor; it is validated and shown again"),
        ("a", f"show the next of {ways} other ways to fix the same finding" if ways else "(no other way)"),
        ("r", f"yes to this one and to every other waiting change of {rule}"),
        ("s", "leave it waiting, go on with the next"),
        ("q", "leave it and all that follow waiting; `autonomous approve` goes on from here"),
    ):
        lead = f"   {key}  "
        yield flow(words, indent=lead, hang=" " * len(lead), width=width)


def _editable(item: Cleared) -> FileEdit | None:
    """Return the edit of the file that the finding is in, else the first that leaves a file."""
    left = [edit for edit in item.proposal.change.edits if edit.after is not None]
    home = (edit for edit in left if edit.path == item.proposal.finding.path)
    return next(home, left[0] if left else None)
