class Robot:
    def chmod(self, first, second):
        return first, second


def go(os):
    Robot().chmod("a", 0o777)
    os.chmod("a", 0o777)
