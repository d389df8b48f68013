def start(uvicorn, runner):
    uvicorn.run("app:app", host="0.0.0.0")
    runner.run(host="0.0.0.0")
