# expect: 2
SETTINGS = {"user": "admin", "client_secret": b"aB3dE5gH7jK9"}
SETTINGS["access_token"] = "ya29.a0AfH6SMBx7"
