def make(script, names):
    eval(compile(script, "<made>", "exec"), names)
