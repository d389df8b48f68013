"""The version of the program, kept where importing it costs nothing."""

VERSION = "0.1.0"
