# expect: 1
from flask import Flask as App

größe = App(__name__)
größe.run(port=80, host="0.0.0.0")
