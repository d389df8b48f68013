import subprocess as sp


def outer(names):
    def inner(name):
        return sp.check_output(["grep", name, *names], shell=True)

    return [inner(name) for name in names]
# output
import subprocess as sp


def outer(names):
    def inner(name):
        return sp.check_output(["grep", name, *names])

    return [inner(name) for name in names]
