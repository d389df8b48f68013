import platform


def go(name, distro):
    platform.system()
    distro.system("x" + name)
