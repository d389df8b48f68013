from os import chmod as rechte

rechte(
    "a",
    mode=0o722,
)
# output
from os import chmod as rechte

rechte(
    "a",
    mode=0o700,
)
