def go(requests, url):
    requests.append(url)
    return requests.get(url)
