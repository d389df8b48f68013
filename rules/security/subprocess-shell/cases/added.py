import subprocess


def größe(pfad, tiefe, namen):
    subprocess.call("du -s " + pfad, shell=True)
    subprocess.run("du --max-depth=" + str(tiefe) + " '" + pfad + "/a b'", shell=True, check=True)
    return subprocess.check_output("grep -c " + namen["erster"] + " log.txt", shell=True)
# output
import subprocess


def größe(pfad, tiefe, namen):
    subprocess.call(["du", "-s", str(pfad)])
    subprocess.run(["du", f"--max-depth={str(tiefe)}", f"{pfad}/a b"], check=True)
    return subprocess.check_output(["grep", "-c", str(namen["erster"]), "log.txt"])
