# expect: 3
PASSWORD = "hunter2!x"


class Settings:
    api_key: str = "9f8a7c6b5d4e3f2a1b0c"

    def __init__(self):
        self.db_password = "Tr0ub4dor&3"  # größer
