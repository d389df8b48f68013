def make(rsa, RSA):
    rsa.generate_private_key(public_exponent=3, key_size=512)
    return RSA.generate(512)
