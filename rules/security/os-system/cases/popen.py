# expect: 2
import os


def go(name):
    os.popen("wc -l %s" % name).read()
    os.popen("wc -l %s" % name, "r").read()
