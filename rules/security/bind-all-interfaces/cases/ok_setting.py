import uvicorn


def start(host):
    uvicorn.run("app:app", host=host)
