# path: src/shapes/__init__.py
from .circle import *

VERSION = 1
