import tempfile

# tempfile.mktemp() is not used here
print(tempfile.mktemp, "tempfile.mktemp()")
