# expect: 2
import subprocess
from subprocess import getstatusoutput


def go(name):
    subprocess.getoutput(
        # Größe
        f"du {name}"
    )
    getstatusoutput("du " + name)
