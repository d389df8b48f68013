def check_value(value):
    return value is () or type(value) is int
