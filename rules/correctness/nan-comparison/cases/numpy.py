import math
import numpy as np


def clean(values):
    print(np.mean(values), math.pi)
    return [lambda: value for value in values if value != np.nan]
# output
import math
import numpy as np


def clean(values):
    print(np.mean(values), math.pi)
    return [lambda: value for value in values if not math.isnan(value)]
