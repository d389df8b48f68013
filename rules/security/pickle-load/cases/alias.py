# expect: 2
import pandas as pd
from pickle import loads as laden


def lesen(körper):
    return laden(körper), pd.read_pickle("a.pkl")
