import random


def sample(vocabulary, tokens):
    token = random.choice(vocabulary)
    tokens_left = random.sample(tokens, 3)
    return token, tokens_left
