# expect: 1
import subprocess as sp


def fetch(host, port):
    return sp.Popen(
        f"ssh -p {port} {host} uptime",
        shell=True,  # historic
        stdout=sp.PIPE,
    )
