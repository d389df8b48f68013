import os
import subprocess

os.system("clear")
os.popen("ls -l").read()
subprocess.getoutput("git rev-parse HEAD")
