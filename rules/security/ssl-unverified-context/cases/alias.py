import ssl as tls


def öffnen():
    return tls._create_unverified_context()  # Vorsicht
# output
import ssl as tls


def öffnen():
    return tls.create_default_context()  # Vorsicht
