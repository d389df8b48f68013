"""The commented section that `autonomous init` writes: every setting that a repository may make."""

import json
from enum import Enum

from autonomous.settings_schema import KEYS, Merge, Settings, value_at


def commented_section(table: str = "tool.autonomous") -> str:
    """Return the section with every line a comment but the headers; taking one `# ` away sets the default.

    With an empty `table` it is the text of a file of its own, autonomous.toml.
    """
    built_in = Settings()
    lines: list[str] = [f"[{table}]"] if table else []
    header = ""
    for key, (note, merge) in KEYS.items():
        if merge is Merge.REFUSE:
            continue
        group, _, name = key.rpartition(".")
        if group != header:
            header = group
            lines += ["", f"[{table}.{group}]" if table else f"[{group}]"]
        told = note if merge is Merge.REPLACE else f"{note} ({merge.value})"
        lines.append(f"# {name} = {_toml(value_at(built_in, key))}  # {told}")
    return "\n".join([*lines, ""])


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    if isinstance(value, Enum):
        return json.dumps(value.value)
    return json.dumps(value)
