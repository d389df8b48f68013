"""Draw from `secrets` instead of `random`."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit

_SAME = {"choice": "choice", "getrandbits": "randbits", "randbytes": "token_bytes"}


def from_the_system(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`random.choice(x)` -> `secrets.choice(x)`; what secrets lacks comes from its SystemRandom."""
    if not isinstance(target, cst.Call) or not isinstance(target.func, cst.Attribute):
        return None
    name = target.func.attr.value
    if name in _SAME:
        drawn = cst.Attribute(cst.Name("secrets"), cst.Name(_SAME[name]))
    else:
        system = cst.Call(cst.Attribute(cst.Name("secrets"), cst.Name("SystemRandom")))
        drawn = cst.Attribute(system, cst.Name(name))
    return target.with_changes(func=drawn)
