from typing import List, Optional


async def collect(
    names: List[str] = list(),  # names
    seen: "set[str]" = set(),
):
    for name in names:
        seen.add(name)
    names += ["end"]
    return seen
# output
from typing import List, Optional


async def collect(
    names: Optional[List[str]] = None,  # names
    seen: "set[str] | None" = None,
):
    if names is None:
        names = list()
    if seen is None:
        seen = set()
    for name in names:
        seen.add(name)
    names += ["end"]
    return seen
