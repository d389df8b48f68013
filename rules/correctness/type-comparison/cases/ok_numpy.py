def kind(array, dtype, value):
    return array.dtype == int or dtype == float or type(value) == dtype
