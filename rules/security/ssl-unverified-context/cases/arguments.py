# expect: 1
import ssl

context = ssl._create_unverified_context(
    cert_reqs=ssl.CERT_NONE,
)
