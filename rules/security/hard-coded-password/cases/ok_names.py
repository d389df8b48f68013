FIELD_PASSWORD = "password"
token = "access_token"
STATUS = {"token": "string", "password": "user.password"}
api_key = "x-api-key"
secret_key = "SECRET_KEY"
token = "EndOfFile"
