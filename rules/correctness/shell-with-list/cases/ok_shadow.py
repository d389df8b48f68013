def listing(subprocess, path):
    subprocess.run(["ls", "-l", path], shell=True)
