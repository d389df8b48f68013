"""`security-scan`: scan for security alone, with more engines."""

from typing import Annotated

import typer

from autonomous.cli.options import Format, FormatOption, Targets
from autonomous.cli.session import opened
from autonomous.model.kinds import Category

EXAMPLES = """
  autonomous security-scan src/
  autonomous security-scan . --strict --format json
  autonomous security-scan src/ --fix          as `improve --category security`
"""


def command(
    targets: Targets = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Go on to fix what was found, asking about each change.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Every finding counts, whatever its severity.")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> int:
    """Scan with the security rules, bandit and detect-secrets; what several of them see is shown once.

    Exit codes as of `scan`; with --fix as of `improve`.
    """
    wanted = tuple(targets or ["."])
    if fix:
        from autonomous.cli.improvement import Asked, improve

        options = {"category": Category.SECURITY.value}
        with opened(wanted) as space:
            return improve(space, Asked(targets=wanted, options=options), form=form)
    from autonomous.cli.scanning import show_scan

    return show_scan(wanted, categories=(Category.SECURITY,), second_opinions=True, strict=strict, form=form)
