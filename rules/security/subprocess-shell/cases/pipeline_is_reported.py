# expect: 1
import subprocess


def count(path):
    return subprocess.check_output(f"sort {path} | uniq -c", shell=True)
