"""Changes of one file that share an import: what lands always runs, and leaves no import behind that nothing uses."""

import ast
from collections.abc import Callable

import pytest
from workbench import BRANCH, Asked, Workbench

from autonomous.model.errors import Refused
from autonomous.orchestrator.run import Run
from autonomous.orchestrator.undoing import Undo
from autonomous.ports.reviewer import AllOfRule

Make = Callable[..., Workbench]
TOKENS = """\
\"\"\"Secrets.\"\"\"

import random


def make_token():
    \"\"\"Make one.\"\"\"
    token = random.choice("abc")
    return token


def make_password():
    \"\"\"Make one.\"\"\"
    password = random.choice("abc")
    return password
"""


def improved(bench: Workbench) -> Run:
    run = bench.run()
    bench.improve(
        run,
        crew=bench.crew(rules=["insecure-random"]),
        reviewer=Asked(AllOfRule(), AllOfRule()),  # one for each round
        auto_approve_safe=False,
    )
    return run


def imports(bench: Workbench) -> set[str]:
    tree = ast.parse(bench.file("tokens.py"))
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


def test_an_import_goes_with_the_last_change_that_makes_it_needless(bench: Make) -> None:
    made = bench({"tokens.py": TOKENS})
    improved(made)
    assert made.file("tokens.py").count(b"secrets.choice") == 2
    assert imports(made) == {"secrets"}


def test_an_import_stays_for_what_the_tests_kept_as_it_was(bench: Make) -> None:
    made = bench({"tokens.py": TOKENS})
    made.suite.fails["test_token"] = lambda files: b"token = secrets" in files["tokens.py"]
    improved(made)
    assert imports(made) == {"random", "secrets"}
    assert b"token = random.choice" in made.file("tokens.py")
    assert b"password = secrets.choice" in made.file("tokens.py")


def test_a_change_that_a_later_one_took_the_import_from_is_not_undone_alone(bench: Make) -> None:
    made = bench({"tokens.py": TOKENS})
    run = improved(made)
    tip = made.branches()[BRANCH]
    first = made.repository.resolve(f"{tip}~1")
    undo = made.run(command="rollback")
    with pytest.raises(Refused, match="cannot be stacked without this one"):
        Undo(undo, made.crew()).commit(run.workflow, first)
    assert made.branches()[BRANCH] == tip
