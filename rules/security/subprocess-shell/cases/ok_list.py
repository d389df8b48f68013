import subprocess


def clone(url, flag):
    subprocess.run(["git", "clone", url], check=True)
    subprocess.run(["git", "clone", url], shell=False)
    subprocess.run("git clone", shell=flag)
    subprocess.run(["git", "clone", url], shell=True)
