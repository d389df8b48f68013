import os

os.chmod("a", 0o755)
os.chmod("a", 0o640)
os.chmod("a", 0o774)
os.chmod("/srv/shared", 0o1777)
