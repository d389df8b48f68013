# The word TODO in a sentence is no open end.
# See TODO.md
# TODOS: a list
