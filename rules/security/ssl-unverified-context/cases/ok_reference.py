import ssl

# ssl._create_unverified_context() is never called
KNOWN = ("_create_unverified_context", ssl.create_default_context)
