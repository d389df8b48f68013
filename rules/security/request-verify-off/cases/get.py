import requests

answer = requests.get("https://example.org/", verify=False, timeout=5)
# output
import requests

answer = requests.get("https://example.org/", timeout=5)
