import os

null = open(os.devnull, "w")
terminal = open("/dev/tty")
