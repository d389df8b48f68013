def run(subprocess):
    subprocess.run("ls -l", shell=True)


class Runner:
    def run(self, command, shell):
        return self.run("ls -l", shell=True)
