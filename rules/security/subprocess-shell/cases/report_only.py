# expect: 3
import subprocess


def unknown(command, name):
    subprocess.call(command, shell=True)
    subprocess.check_call("grep " + name + " log.txt | sort", shell=True)
    subprocess.run("rm -rf {}".format(name), shell=True)
