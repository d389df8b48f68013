"""Runs inside the sandbox and tries to get out: prints one JSON list of {attempt, stopped, detail}.

A plain script without imports of ours. Its one argument is a JSON object with what to try:
`canary` (a file in HOME), `secret` (its contents), `variable` (an environment variable outside), `home`,
`home_names` (what lies there),
`writable` (files outside that it tries to write), `shared` (a file in /tmp: inside it may be written, but the
caller must not find it outside), `port` and `abstract` (a listener outside on the loopback
interface, and on an abstract socket), `interpreter` (files of the interpreter that must not be writable).
Run outside of any sandbox every attempt succeeds, which is how the attempts themselves are tested.
"""

import ctypes
import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Asked = dict[str, Any]
Attempted = tuple[bool, str]  # whether it got out, and how

_NEW_USER_NAMESPACE = 0x10000000
_TRACE_ME = 0
_OWN_PROCESSES = 3


def read_canary(asked: Asked) -> Attempted:
    return asked["secret"] in Path(asked["canary"]).read_text("ascii"), f"read {asked['canary']}"


def list_home(asked: Asked) -> Attempted:
    names = {path.name for path in Path(asked["home"]).iterdir()}
    hidden = sorted(names & set(asked["home_names"]))
    return bool(hidden), f"saw {', '.join(hidden[:5])}"


def write_outside(asked: Asked) -> Attempted:
    Path(asked["shared"]).write_text("an escape, if this is found outside", encoding="ascii")
    for path in asked["writable"]:
        try:
            Path(path).write_text("escaped", encoding="ascii")
        except OSError:
            continue
        return True, f"wrote {path}"
    return False, ""


def reach_port(asked: Asked) -> Attempted:
    with socket.create_connection(("127.0.0.1", asked["port"]), timeout=2):
        return True, f"connected to port {asked['port']}"


def reach_abstract_socket(asked: Asked) -> Attempted:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        client.connect("\0" + asked["abstract"])
        return True, "connected to an abstract socket"


def see_variable(asked: Asked) -> Attempted:
    if asked["variable"] in os.environ:
        return True, "it is in the environment"
    for pid in _processes():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if asked["variable"].encode() in environment:
            return True, f"it is in the environment of process {pid}"
    return False, ""


def see_processes(_: Asked) -> Attempted:
    pids = _processes()
    return len(pids) > _OWN_PROCESSES, f"saw {len(pids)} processes"


def change_interpreter(asked: Asked) -> Attempted:
    for path in asked["interpreter"]:
        try:
            Path(path).open("ab").close()
        except OSError:
            continue
        return True, f"opened {path} for writing"
    return False, ""


def new_user_namespace(_: Asked) -> Attempted:
    pid = os.fork()
    if pid == 0:
        os._exit(0 if ctypes.CDLL(None).unshare(_NEW_USER_NAMESPACE) == 0 else 1)
    return os.waitpid(pid, 0)[1] == 0, "made a user namespace"


def trace_processes(_: Asked) -> Attempted:
    pid = os.fork()
    if pid == 0:
        os._exit(0 if ctypes.CDLL(None).ptrace(_TRACE_ME, 0, None, None) == 0 else 1)
    return os.waitpid(pid, 0)[1] == 0, "a process let itself be traced"


ATTEMPTS: list[tuple[str, Callable[[Asked], Attempted]]] = [
    ("read a file in HOME", read_canary),
    ("list HOME", list_home),
    ("write outside", write_outside),
    ("reach a listener on the loopback interface", reach_port),
    ("reach an abstract socket", reach_abstract_socket),
    ("see an environment variable", see_variable),
    ("see other processes", see_processes),
    ("change the interpreter", change_interpreter),
    ("make a user namespace", new_user_namespace),
    ("trace a process", trace_processes),
]


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def attempt_all(asked: Asked) -> list[dict[str, str | bool]]:
    report: list[dict[str, str | bool]] = []
    for name, attempt in ATTEMPTS:
        try:
            escaped, detail = attempt(asked)
            detail = detail if escaped else ""
        except OSError as error:
            escaped, detail = False, type(error).__name__
        report.append({"attempt": name, "stopped": not escaped, "detail": detail})
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(attempt_all(json.loads(sys.argv[1]))))
