"""The layers of both validators: one checker a file, each a pure function of a proposal."""
