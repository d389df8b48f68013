import subprocess


def clone(url):
    subprocess.run(f"git clone {url}", shell=True, check=True)
# output
import subprocess


def clone(url):
    subprocess.run(["git", "clone", str(url)], check=True)
