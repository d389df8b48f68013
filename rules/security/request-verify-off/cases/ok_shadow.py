def go(requests, url):
    return requests.get(url, verify=False)
