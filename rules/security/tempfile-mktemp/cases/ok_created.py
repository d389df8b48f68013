import tempfile

handle, path = tempfile.mkstemp()
folder = tempfile.mkdtemp()
with tempfile.NamedTemporaryFile() as file:
    print(file.name)
