# expect: 1
try:
    from shapes import *
except ImportError:
    Circle = None
