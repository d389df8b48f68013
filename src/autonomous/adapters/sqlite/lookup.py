"""Ids shortened as git does: a start that fits one thing names it."""

import sqlite3

from autonomous.ports.store import AmbiguousId, UnknownId

_SHOWN = 8
_SHORTEST = 8
_LAST = "\x7f"  # sorts behind everything an id is made of

# kind of thing -> table and column (constants of this program, never input), and the command that lists them
_PLACES = {
    "run": ("workflows", "id", "list runs with `autonomous status`"),
    "finding": ("findings", "fingerprint", "list findings with `autonomous scan`"),
    "proposal": ("proposals", "id", "list proposals with `autonomous status`"),
}


def full_id(db: sqlite3.Connection, kind: str, prefix: str) -> str:
    """Return the one id that starts with `prefix`, or is it; raises UnknownId or AmbiguousId."""
    table, column, hint = _PLACES[kind]
    usable = prefix and prefix.isascii()
    query = (
        f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ?"  # noqa: S608 - constants
        f" ORDER BY {column} LIMIT ?"
    )
    found: list[str] = (
        [row[0] for row in db.execute(query, (prefix, prefix + _LAST, _SHOWN + 1))] if usable else []
    )
    if not found:
        raise UnknownId(kind, prefix, hint=hint)
    if len(found) > 1 and prefix not in found:
        raise AmbiguousId(kind, prefix, candidates=_told_apart(found), hint=f"type more of the id; {hint}")
    return found[0]


def _told_apart(ids: list[str]) -> tuple[str, ...]:
    """Shorten ids to the length at which all differ; the last one stands for "and more" when there are too many."""
    longest = max(len(each) for each in ids)
    length = next(
        n for n in range(_SHORTEST, longest + _SHORTEST) if len({each[:n] for each in ids}) == len(ids)
    )
    shown = tuple(each[:length] for each in ids[:_SHOWN])
    return shown if len(ids) <= _SHOWN else (*shown, "...")
