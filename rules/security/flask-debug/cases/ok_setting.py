from flask import Flask

app = Flask(__name__)


def start(debug):
    app.run(debug=debug)
    app.run(debug=False)
    app.run()
