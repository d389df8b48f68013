import subprocess

subprocess.run("ls | wc -l", shell=True)
subprocess.run("echo $HOME", shell=True)
subprocess.run("rm *.pyc", shell=True)
subprocess.run("A=1 env", shell=True)
subprocess.run("cd /tmp", shell=True)
subprocess.run("ls ~", shell=True)
subprocess.run("one\ntwo", shell=True)
