import subprocess as sp

sp.call(
    "uname -a",
    shell=True,
    cwd="/",
)
# output
import subprocess as sp

sp.call(
    ["uname", "-a"],
    cwd="/",
)
