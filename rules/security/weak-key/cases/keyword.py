from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(key_size=1024, public_exponent=65537)
# output
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(key_size=3072, public_exponent=65537)
