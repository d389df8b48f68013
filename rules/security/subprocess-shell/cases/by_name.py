# expect: 1
import subprocess


def clone(url):
    subprocess.run(args=f"git clone {url}", shell=True)
