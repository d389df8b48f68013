from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as erzeugen

schlüssel = erzeugen(
    3,
    512,  # kurz
)
# output
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as erzeugen

schlüssel = erzeugen(
    3,
    3072,  # kurz
)
