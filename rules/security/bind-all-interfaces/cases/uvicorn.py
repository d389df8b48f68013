# expect: 2
import uvicorn
from http.server import HTTPServer as Server

uvicorn.run(
    "app:app",
    host="0.0.0.0",
    port=80,
)
Server(("0.0.0.0", 80), None)
