"""One page of documentation for a rule, made of its data, its README and its first case."""

from collections.abc import Iterator

from autonomous.model.kinds import Safety
from autonomous.rulebook.case import Case
from autonomous.rulebook.rule import Rule
from autonomous.rulebook.schema import Fix

_PROMISES = {
    Safety.SAFE: "safe: behaviour stays the same, or only the fault goes",
    Safety.REVIEW: "review: right nearly always, but a person must look",
    Safety.DISPLAY: "display: a suggestion, never applied",
}


def page(rule: Rule) -> str:
    """Markdown for docs/rules/: facts, the README without its heading, fixes, an example, other tools' names."""
    return "\n\n".join(part for part in _parts(rule) if part) + "\n"


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# {rule.id} {rule.name}"
    yield f"**{rule.title}.** {rule.category} · {rule.severity} · confidence {rule.confidence:g}"
    yield "\n".join(_facts(rule))
    yield _body(rule.readme)
    yield _fixes(rule)
    yield _example(next((case for case in rule.cases if case.positive), None))
    if rule.references:
        yield "## References\n\n" + "\n".join(f"- <{url}>" for url in rule.references)


def _facts(rule: Rule) -> Iterator[str]:
    yield f"Message: {rule.message}"
    if rule.cwe:
        linked = (
            f"[CWE-{number}](https://cwe.mitre.org/data/definitions/{number}.html)" for number in rule.cwe
        )
        yield f"\nWeakness: {', '.join(linked)}{f' · OWASP {rule.owasp}' if rule.owasp else ''}"
    if rule.data.same_as:
        yield f"\nThe same fault elsewhere: {', '.join(rule.data.same_as)}"
    if rule.data.paths or rule.data.not_paths:
        only = ", ".join(f"`{glob}`" for glob in rule.data.paths) or "all files"
        never = ", ".join(f"`{glob}`" for glob in rule.data.not_paths)
        yield f"\nLooks at {only}{f', but not at {never}' if never else ''}"


def _body(readme: str) -> str:
    """The README without its own heading."""
    lines = readme.strip().splitlines()
    if lines and lines[0].startswith("# "):
        del lines[0]
    return "\n".join(lines).strip()


def _fixes(rule: Rule) -> str:
    if not rule.fixes:
        return "## Fix\n\nNo rewrite: what is right here only a person knows."
    return "## Fixes\n\n" + "\n".join(f"{number}. {_fix(fix)}" for number, fix in enumerate(rule.fixes, 1))


def _fix(fix: Fix) -> str:
    lines = [f"{fix.title or 'Rewrite it'} ({_PROMISES[fix.safety]})"]
    lines += [f"   - gain: {benefit}" for benefit in fix.benefits]
    lines += [f"   - careful: {risk}" for risk in fix.risks]
    return "\n".join(lines)


def _example(case: Case | None) -> str:
    if case is None:
        return ""
    before = f"## Example\n\n{_code(case.before)}"
    return before if case.after is None else f"{before}\n\nbecomes\n\n{_code(case.after)}"


def _code(data: bytes) -> str:
    text = data.decode("utf-8", "replace").strip()
    fence = "````" if "```" in text else "```"
    return f"{fence}python\n{text}\n{fence}"
