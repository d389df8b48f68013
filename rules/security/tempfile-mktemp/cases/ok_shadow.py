def go(tempfile):
    return tempfile.mktemp()
