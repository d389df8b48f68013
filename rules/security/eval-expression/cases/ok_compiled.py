def make(script, names):
    eval(compile(script, "<made>", "exec"), names)


def other(script, names):
    bytecode = compile(script, "<made>", "exec")
    eval(bytecode, names)
    return eval(bytecode)
