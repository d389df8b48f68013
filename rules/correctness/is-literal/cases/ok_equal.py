def check_value(value):
    return value == 5 or value != "is" or value in ["is", 5]
