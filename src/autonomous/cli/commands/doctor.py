"""`doctor`: check what is installed and say how to get the rest."""

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode

EXAMPLES = """
  autonomous doctor
  autonomous doctor --format json
"""


def command(form: FormatOption = Format.TEXT) -> int:
    """Check git, Python, the sandbox, the tests and optional parts, and say how to get what is missing.

    Exit code 0 when everything needed is there, 2 when something is missing.
    """
    from autonomous.cli.examination import examine

    with opened() as space:
        provisions = tuple(examine(space))
    if wants_json(form):
        from autonomous.cli.render.json_types import DoctorDocument

        answer(DoctorDocument(provisions=provisions))
    else:
        from autonomous.cli.render import tables

        out, err = screens()
        out.print(tables.doctor(provisions))
        missing = sum(not part.found and not part.optional for part in provisions)
        err.print(
            f"\n{missing} missing" if missing else "\neverything needed is there; next: autonomous scan ."
        )
    return ExitCode.OK if all(part.found or part.optional for part in provisions) else ExitCode.USAGE
