"""`init`: write a commented settings section."""

from pathlib import Path

from autonomous.cli.options import Format, FormatOption
from autonomous.cli.session import answer, opened, screens, wants_json
from autonomous.model.errors import ExitCode

EXAMPLES = """
  autonomous init
"""
_HEADERS = ("[tool.autonomous]", "[tool.autonomous.")


def command(form: FormatOption = Format.TEXT) -> int:
    """Write every setting, commented out, into pyproject.toml (or autonomous.toml where there is none)."""
    from autonomous.settings import commented_section

    with opened() as space:
        path = _file(space.root)
        section = commented_section("tool.autonomous" if path.name == "pyproject.toml" else "")
        written = _write(path, section)
    if wants_json(form):
        from autonomous.cli.render.json_types import InitDocument

        answer(InitDocument(path=str(path), written=written, section=section))
        return ExitCode.OK
    _, err = screens()
    done = (
        "has a commented settings section now"
        if written
        else "has a settings section already; nothing was written"
    )
    err.print(f"{path.name} {done}\n\nnext: autonomous doctor", soft_wrap=True)
    return ExitCode.OK


def _file(root: Path) -> Path:
    project, own = root / "pyproject.toml", root / "autonomous.toml"
    return project if project.is_file() and not own.exists() else own


def _write(path: Path, section: str) -> bool:
    """Append the section, unless the file has one; the file is replaced as a whole or not at all."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    own_file = path.name != "pyproject.toml"
    if (own_file and text) or any(line.strip().startswith(_HEADERS) for line in text.splitlines()):
        return False
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    beside = path.with_name(f"{path.name}.autonomous-new")
    beside.write_text(text + gap + section, encoding="utf-8")
    beside.replace(path)
    return True
