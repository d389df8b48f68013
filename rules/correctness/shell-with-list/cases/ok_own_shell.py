import subprocess

subprocess.run(["bash", "-c", "ls"], shell=True)
subprocess.run(["cmd", "/c", "dir"], shell=True)
