import os

PASSWORD = os.environ["PASSWORD_1"]
api_key = os.getenv("API_KEY_2", "")
