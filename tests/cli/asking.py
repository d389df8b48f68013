"""Asks about one change on a real terminal and prints the answer: what the tests of the prompt drive."""

import os
import shlex
import sys

import cli_samples

from autonomous.cli.keyboard import Keyboard
from autonomous.cli.render.console import console
from autonomous.cli.review import Prompt

rule = cli_samples.finding(rule=os.environ.get("RULE", "AUT101"))
item = cli_samples.cleared(cli_samples.proposal(finding=rule))
ways = [cli_samples.cleared(cli_samples.proposal(title="use an API"))] * int(os.environ.get("WAYS", "0"))
prompt = Prompt(
    console(sys.stderr), Keyboard(sys.stdin), editor=tuple(shlex.split(os.environ.get("EDITOR", "")))
)
try:
    sys.stdout.write(f"answer={prompt.ask(item, position=1, total=5, alternatives=ways)!r}\n")
except KeyboardInterrupt:
    sys.stdout.write("interrupted\n")
sys.stdout.flush()
if os.environ.get("STAY"):  # hold the terminal open, so that its state can be looked at
    sys.stdin.readline()
