"""`rules`: list the rules, explain one, make a new one, run its cases, trust a folder."""

from typing import Annotated

import typer

from autonomous.cli.options import Categories, Format, FormatOption
from autonomous.cli.session import opened
from autonomous.model.errors import UsageError

EXAMPLES = """
  autonomous rules                             list them all
  autonomous rules AUT101                      why it matters, what its fix promises
  autonomous rules new security/my-rule        a folder to start from
  autonomous rules test my-rule                run its cases
"""
_ACTIONS = ("list", "show", "new", "test", "trust", "docs")


def command(
    action: Annotated[
        str,
        typer.Argument(metavar="[list|show|new|test|trust|docs]", help="What to do; a rule's id shows it."),
    ] = "list",
    name: Annotated[str, typer.Argument(metavar="NAME", help="A rule's id or name, or a folder.")] = "",
    category: Categories = None,
    form: FormatOption = Format.TEXT,
) -> int:
    """List the rules, explain one, make a new folder, run its cases, or trust a folder with code."""
    from autonomous.cli import rules_actions as actions

    if action not in _ACTIONS:
        action, name = "show", action
    if action in {"show", "new", "trust", "docs"} and not name:
        raise UsageError(f"rules {action} needs a name", hint="autonomous rules --help shows examples")
    with opened() as space:
        match action:
            case "list":
                return actions.listed(space, category or (), form=form)
            case "show":
                return actions.shown(space, name, form=form)
            case "new":
                return actions.made(space, name, form=form)
            case "test":
                return actions.tested(space, name, form=form)
            case "docs":
                return actions.documented(space, name, form=form)
            case _:
                return actions.trusted(space, name, form=form)
