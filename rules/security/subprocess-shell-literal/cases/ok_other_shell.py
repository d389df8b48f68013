import subprocess

subprocess.run("ls -l", shell=True, executable="/bin/zsh")
subprocess.run("ls -l", shell=False)
subprocess.run("ls -l")
