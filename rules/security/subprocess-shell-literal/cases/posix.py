import subprocess


def check():
    done = subprocess.run("ls -d /", shell=True, capture_output=True, text=True)
    return done.returncode, done.stdout
# output
import subprocess


def check():
    done = subprocess.run(["ls", "-d", "/"], capture_output=True, text=True)
    return done.returncode, done.stdout
