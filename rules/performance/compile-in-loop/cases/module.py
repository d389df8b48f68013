# expect: 1
import re as r

for name in ("a", "b"):
    with open(name) as file:
        r.compile("a", r.I).findall(file.read())
