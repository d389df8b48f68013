"""Old names of unittest's assertion methods."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_PRESENT = {
    "assertEquals": "assertEqual",
    "assertNotEquals": "assertNotEqual",
    "assert_": "assertTrue",
    "assertAlmostEquals": "assertAlmostEqual",
    "assertNotAlmostEquals": "assertNotAlmostEqual",
    "assertRegexpMatches": "assertRegex",
    "assertNotRegexpMatches": "assertNotRegex",
    "assertRaisesRegexp": "assertRaisesRegex",
    "failUnless": "assertTrue",
    "failIf": "assertFalse",
    "failUnlessEqual": "assertEqual",
    "failIfEqual": "assertNotEqual",
    "failUnlessRaises": "assertRaises",
}
_CASES = frozenset(
    {
        "unittest.TestCase",
        "unittest.case.TestCase",
        "unittest.IsolatedAsyncioTestCase",
        "django.test.TestCase",
    }
)


def find(source: Source) -> Iterator[Hit]:
    """Yield `self.assertEquals` and the like in a direct subclass of TestCase that does not define it itself."""
    if b"TestCase" not in source.data:
        return
    for node in source.nodes(ast.Attribute):
        if node.attr in _PRESENT and isinstance(node.value, ast.Name) and node.value.id == "self":
            owner = next((up for up in source.ancestors(node) if isinstance(up, ast.ClassDef)), None)
            if owner is not None and _is_plain_case(source, owner, node.attr):
                yield Hit(node=node, at=node, facts={"OLD": node.attr, "NEW": _PRESENT[node.attr]})


def _is_plain_case(source: Source, owner: ast.ClassDef, name: str) -> bool:
    own = {inner.name for inner in owner.body if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef))}
    bound = {
        target.id
        for inner in owner.body
        if isinstance(inner, ast.Assign)
        for target in inner.targets
        if isinstance(target, ast.Name)
    }
    return name not in own | bound and len(owner.bases) == 1 and source.resolve(owner.bases[0]) in _CASES
