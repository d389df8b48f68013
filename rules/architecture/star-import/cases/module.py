# expect: 1
from shapes import *

kreis = Circle("größe")
