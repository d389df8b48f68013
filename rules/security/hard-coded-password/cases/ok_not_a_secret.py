password_file = "/etc/app/pw1.txt"
token_url = "https://example.org/oauth2/token1"
PRIVATE_KEY = "/etc/ssl/key1.pem"
tokens = "a1 b2 c3"
password_min_length = "12345678"
token = 123456789
