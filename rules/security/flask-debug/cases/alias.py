import flask as f


def start(anschluss):
    server = f.Flask("größe")
    server.run("127.0.0.1", debug=True, port=anschluss)
# output
import flask as f


def start(anschluss):
    server = f.Flask("größe")
    server.run("127.0.0.1", port=anschluss)
