# expect: 2
import os
from os import system as shell


def go(name):
    os.system("convert " + name)
    shell(f"convert {name}")
