import subprocess


def go(values):
    subprocess.run(f'tar --file={values["name"]} -x {values["member"]}', shell=True)
# output
import subprocess


def go(values):
    subprocess.run(["tar", f'--file={values["name"]}', "-x", str(values["member"])])
