import random as zufall


class User:
    def reset(self):
        self.password = str(zufall.randint(1000, 9999))  # größer
        self.api_key: str = f"{zufall.getrandbits(128):x}"
# output
import secrets


class User:
    def reset(self):
        self.password = str(secrets.SystemRandom().randint(1000, 9999))  # größer
        self.api_key: str = f"{secrets.randbits(128):x}"
