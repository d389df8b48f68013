"""The old name of shapes."""

from shapes import *
from shapes import _private
