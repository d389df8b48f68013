"""What only a shell understands: its syntax, and the commands that are no programs."""

import re

SHELL_SYNTAX = re.compile(r"[|&;<>()$`\\*?\[\]#~{}\n\r%^]")
"""A character that a POSIX shell or cmd.exe may give a meaning of its own."""

SHELL_BUILTINS = frozenset({
    "cd", "export", "exit", "source", ".", "set", "unset", "alias", "ulimit", "umask", "eval",
    "exec", "trap", "wait", "read", "type", "command", "hash", "if", "for", "while", "until",
    "case", "function", "time", "echo", "printf", "test", "[", "!", "then", "do", "{", "local",
    "declare", "return", "shift", "dir", "copy", "del", "move", "ren", "cls", "start", "assoc",
})  # fmt: skip
"""Words that a POSIX shell or cmd.exe carries out by itself; some are programs too, with other options."""
