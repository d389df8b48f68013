import os

os.makedirs("a", 0o777)
os.umask(0o777)
