import ssl

context = ssl.create_default_context()
other = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
