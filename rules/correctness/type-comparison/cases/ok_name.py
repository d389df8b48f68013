def kind(value, node):
    return type(value).__name__ == "str" or value.type == str or node.type() == str
