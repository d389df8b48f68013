"""What `rules` can do: list, show, make, test, document, trust."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from autonomous.cli.options import Format
from autonomous.cli.render.escape import visible
from autonomous.cli.render.json_facts import RuleFacts
from autonomous.cli.session import answer, screens, wants_json
from autonomous.model.errors import ExitCode, UsageError
from autonomous.model.kinds import Category
from autonomous.rulebook.code import digest_of_code
from autonomous.rulebook.pages import page
from autonomous.rulebook.rule import Rule
from autonomous.rulebook.trial import Complaint, try_rule
from autonomous.stages.ignores import IGNORE_RULES
from autonomous.workspace import Workspace

_RULE = """id         = "AUT9{number:02}"
title      = "What is wrong, in a few words"
message    = "`$X` is compared with ==, which a class may redefine"
severity   = "low"                    # critical high medium low info
confidence = 0.9

[[match]]
pattern = "$X == None"

[fix]
safety  = "review"                    # safe: behaviour stays the same; review: a person must look
title   = "Compare with `is`"
replace = "$X is None"
"""
_CASE = "def empty(value):\n    return value == None\n# output\ndef empty(value):\n    return value is None\n"
_NEAR = "def empty(value):\n    return value == 0\n"
_README = "# {name}\n\nWhy it matters, in two sentences.\n\nWhy the fix is, or is not, safe.\n"


def listed(space: Workspace, categories: Sequence[Category], *, form: Format) -> int:
    """Print every rule, or those of some categories."""
    rules = space.rules.all.select(categories=categories).rules
    if wants_json(form):
        from autonomous.cli.render.json_types import RulesDocument

        answer(RulesDocument(rules=tuple(map(_facts, rules))))
        return ExitCode.OK
    from autonomous.cli.render import tables

    out, err = screens()
    out.print(tables.rules([_facts(rule) for rule in rules]))
    fixable = sum(rule.has_fix for rule in rules)
    err.print(f"\n{len(rules)} rules, {fixable} with a fix; next: autonomous rules ID   (says why)")
    return ExitCode.OK


def _facts(rule: Rule) -> RuleFacts:
    return RuleFacts(
        id=rule.id,
        name=rule.name,
        title=rule.title,
        category=rule.category,
        severity=rule.severity,
        confidence=rule.confidence,
        fix=rule.safest,
        cwe=rule.cwe,
        owasp=rule.owasp,
        references=rule.references,
        explanation=rule.readme,
    )


def shown(space: Workspace, name: str, *, form: Format) -> int:
    """Print why one rule matters and what its fix promises; raises UnknownRule with a guess."""
    for own in IGNORE_RULES:
        if name.lower() in {own.id.lower(), own.name}:
            words = f"{own.id} {own.name}: {own.title}\n\n{own.message}"
            screens()[0].print(words, soft_wrap=True)
            return ExitCode.OK
    rule = space.rules.all.rule(name)
    if wants_json(form):
        from autonomous.cli.render.json_types import RulesDocument

        answer(RulesDocument(rules=(_facts(rule),)))
        return ExitCode.OK
    out, _ = screens()
    out.print(visible(page(rule), keep="\n"), soft_wrap=True)
    return ExitCode.OK


def made(space: Workspace, name: str, *, form: Format) -> int:
    """Make a rule folder to start from: below `.autonomous/rules/`, or `rules/` in a checkout of this program."""
    category, _, own = name.partition("/")
    if category not in set(Category) or not own.replace("-", "").isalnum() or not own.islower():
        known = ", ".join(Category)
        raise UsageError(
            f"{name} is no name for a rule", detail=f"Categories: {known}.", hint="for example errors/my-rule"
        )
    shelf = space.root / "rules"
    folder = (
        (shelf if (shelf / "security").is_dir() else space.root / ".autonomous" / "rules") / category / own
    )
    if folder.exists():
        raise UsageError(f"{folder} is there already", hint="choose another name")
    taken = {rule.id for rule in space.rules.all.rules}
    number = next(n for n in range(100) if f"AUT9{n:02}" not in taken)
    (folder / "cases").mkdir(parents=True)
    files = {
        "rule.toml": _RULE.format(number=number),
        "README.md": _README.format(name=own),
        "cases/found.py": _CASE,
        "cases/left_alone.py": _NEAR,
    }
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8")
    words = f"{folder} is made; say in it what to find and why\n\nnext: autonomous rules test {own}"
    return _done(folder, words, form=form)


def _done(folder: Path, words: str, *, form: Format) -> int:
    """Say what became of a folder."""
    if wants_json(form):
        from autonomous.cli.render.json_types import RulesDocument

        answer(RulesDocument(folder=str(folder)))
    else:
        screens()[1].print(visible(words, keep="\n"), soft_wrap=True)
    return ExitCode.OK


def tested(space: Workspace, name: str, *, form: Format) -> int:
    """Run the cases of one rule, or of all; exit code 4 when something does not hold."""
    rules = (space.rules.all.rule(name),) if name else space.rules.all.rules
    out, err = screens()
    cases, complaints = 0, list[Complaint]()
    for rule in rules:
        cases += len(rule.cases)
        for complaint in try_rule(space.rules.all, rule):
            complaints.append(complaint)
            case = f"/{complaint.case}" if complaint.case else ""
            if not wants_json(form):
                out.print(visible(f"{rule.name}{case}: {complaint.what}", keep="\n"), soft_wrap=True)
    if wants_json(form):
        from autonomous.cli.render.json_facts import ComplaintFacts
        from autonomous.cli.render.json_types import RulesDocument

        known = tuple(ComplaintFacts(one.rule, one.case, one.what) for one in complaints)
        answer(RulesDocument(rules=tuple(map(_facts, rules)), cases=cases, complaints=known))
    else:
        from autonomous.cli.render.console import counted

        of = f"{counted(cases, 'case')} of {counted(len(rules), 'rule')}"
        err.print(f"{of}: {counted(len(complaints), 'complaint') if complaints else 'everything holds'}")
    return ExitCode.TESTS_FAILED if complaints else ExitCode.OK


def documented(space: Workspace, name: str, *, form: Format) -> int:
    """Write one page a rule into the folder `name`, and an index."""
    folder = Path(name)
    folder.mkdir(parents=True, exist_ok=True)
    rules = space.rules.all.rules
    for rule in rules:
        (folder / f"{rule.name}.md").write_text(page(rule), encoding="utf-8")
    (folder / "README.md").write_text(index_of(rules), encoding="utf-8")
    return _done(folder, f"{len(rules)} pages in {folder}", form=form)


def index_of(rules: Sequence[Rule]) -> str:
    """Return docs/rules/README.md."""
    return "\n".join(_index(rules)) + "\n"


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    yield "# Rules\n\nGenerated from the rule folders: `autonomous rules docs FOLDER`.\n"
    yield "| id | rule | severity | fix | what it finds |\n|---|---|---|---|---|"
    for rule in rules:
        yield f"| {rule.id} | [{rule.name}]({rule.name}.md) | {rule.severity} | {rule.safest or '-'} | {rule.title} |"


def trusted(space: Workspace, name: str, *, form: Format) -> int:
    """Trust the code in a rule folder of this repository from now on: its digest is kept."""
    folder = Path(name)
    if not (folder / "rule.toml").is_file():
        raise UsageError(f"{name} is no rule folder", hint="name the folder that holds the rule.toml")
    space.rules.trust(digest_of_code(folder), state=space.state)
    words = f"the code in {folder} may run while its bytes stay as they are"
    return _done(folder, f"{words}\n\nnext: autonomous rules test {folder.name}", form=form)
