"""The probe is not decoration: its attempts succeed where nothing stops them, and a leaky backend is refused."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from autonomous.adapters.sandbox import escape
from autonomous.adapters.sandbox.bubblewrap import Bubblewrap, installed
from autonomous.adapters.sandbox.choice import choose
from autonomous.adapters.sandbox.probing import Cache, attempt_escapes
from autonomous.adapters.sandbox.seccomp import program
from autonomous.ports.sandbox import Escape, Job, JobResult, Probe


def unconfined(job: Job) -> JobResult:
    """Run the same attempts with no sandbox at all."""
    script = (job.argv[0], "-I", "-S", escape.__file__, job.argv[-1])
    done = subprocess.run(script, capture_output=True)
    return JobResult(
        returncode=done.returncode, stdout=done.stdout, stderr=done.stderr, wall_seconds=0, cpu_seconds=0
    )


def test_without_a_sandbox_the_attempts_get_out(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter").write_text("private")
    cache = home / ".cache"
    probe = attempt_escapes("nothing", unconfined, folder=cache, home=home)
    got_out = {each.attempt for each in probe.escapes if not each.stopped}
    assert got_out >= {
        "read a file in HOME",
        "list HOME",
        "write outside",
        "write where others see it",
        "reach a listener on the loopback interface",
        "reach an abstract socket",
        "see an environment variable",
        "see other processes",
    }
    assert not probe.usable
    assert "could list HOME: saw .cache, letter" in probe.reason
    assert sorted(path.name for path in home.iterdir()) == [".cache", "letter"], "what got out is cleaned up"
    assert not list(Path("/tmp").glob("escaped-*"))


def test_each_attempt_sees_what_it_is_after(tmp_path: Path) -> None:
    (tmp_path / "canary").write_text("a secret")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind("\0autonomous-test-attempt")
        local.listen()
        os.environ["AUTONOMOUS_TEST_CANARY"] = "1"
        asked = {
            "canary": str(tmp_path / "canary"),
            "secret": "a secret",
            "home": str(tmp_path),
            "home_names": ["canary", "other"],
            "shared": str(tmp_path / "shared"),
            "writable": [str(tmp_path / "no" / "folder"), str(tmp_path / "written")],
            "port": server.getsockname()[1],
            "abstract": "autonomous-test-attempt",
            "variable": "AUTONOMOUS_TEST_CANARY",
            "interpreter": [str(tmp_path / "no" / "python"), str(tmp_path / "canary")],
        }
        got_out = {
            each["attempt"]: each["detail"] for each in escape.attempt_all(asked) if not each["stopped"]
        }
    anywhere = {"make a user namespace", "trace a process"}  # up to the machine that runs the tests
    assert {name: detail for name, detail in got_out.items() if name not in anywhere} == {
        "read a file in HOME": f"read {tmp_path}/canary",
        "list HOME": "saw canary",
        "write outside": f"wrote {tmp_path}/written",
        "reach a listener on the loopback interface": f"connected to port {asked['port']}",
        "reach an abstract socket": "connected to an abstract socket",
        "see an environment variable": "it is in the environment",
        "see other processes": got_out["see other processes"],
        "change the interpreter": f"opened {tmp_path}/canary for writing",
    }


def test_a_variable_of_another_process_is_found() -> None:
    holder = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, env={"AUTONOMOUS_OTHER_CANARY": "1"})
    try:
        seen = escape.see_variable({"variable": "AUTONOMOUS_OTHER_CANARY"})
        assert seen == (True, f"it is in the environment of process {holder.pid}")
    finally:
        holder.communicate()


def test_attempts_after_nothing_are_stopped(tmp_path: Path) -> None:
    nothing = {"canary": str(tmp_path / "missing"), "secret": "", "variable": "AUTONOMOUS_NEVER_SET_9c1f"}
    nothing |= {"writable": [], "shared": str(tmp_path / "shared"), "interpreter": []}
    with pytest.raises(FileNotFoundError):
        escape.read_canary(nothing)
    for attempt in (escape.see_variable, escape.write_outside, escape.change_interpreter):
        assert attempt(nothing) == (False, "")


def test_attempts_that_do_not_run_are_no_proof(tmp_path: Path) -> None:
    def silent(job: Job) -> JobResult:
        return JobResult(
            returncode=1, stdout=b"", stderr=b"first\nno python\n", wall_seconds=0, cpu_seconds=0
        )

    probe = attempt_escapes("silent", silent, folder=tmp_path, home=tmp_path)
    assert not probe.usable
    assert probe.reason == "the attempts did not run: no python"


def test_the_answer_is_kept_until_something_changes(tmp_path: Path) -> None:
    asked: list[str] = []

    def attempt() -> Probe:
        asked.append("once")
        return Probe("box 1", usable=True, reason="held", escapes=(Escape("x", stopped=True),))

    cache = Cache(tmp_path)
    assert cache.probe("box 1", attempt) == cache.probe("box 1", attempt)
    assert len(asked) == 1
    cache.probe("box 2", attempt)
    assert len(asked) == 2
    for kept in tmp_path.glob("sandbox-*.json"):
        kept.write_bytes(b"{damaged")
    cache.probe("box 1", attempt)
    assert len(asked) == 3
    for kept in (path for path in tmp_path.glob("sandbox-*.json") if path.read_bytes() != b"{damaged"):
        facts = msgspec.json.decode(kept.read_bytes())
        facts["key"] = "another boot"
        kept.write_bytes(msgspec.json.encode(facts))
    cache.probe("box 1", attempt)
    assert len(asked) == 4


def test_a_bad_answer_is_not_kept(tmp_path: Path) -> None:
    answers = iter([Probe("box", usable=False, reason="too busy"), Probe("box", usable=True, reason="held")])
    cache = Cache(tmp_path)
    assert not cache.probe("box", lambda: next(answers)).usable
    assert cache.probe("box", lambda: next(answers)).usable
    assert cache.probe("box", lambda: next(answers)).usable


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "missing")
    probe = Probe("box", usable=True, reason="held")
    assert cache.probe("box", lambda: probe) == probe


@pytest.mark.parametrize("content", [None, "#!/bin/sh\nexit 3\n", "#!/bin/sh\necho bubblewrap 9\n"])
def test_a_binary_that_is_no_bubblewrap_is_not_used(tmp_path: Path, content: str | None) -> None:
    binary = tmp_path / "bwrap"
    if content is not None:
        binary.write_text(content)
        binary.chmod(0o755)
    broken = Bubblewrap(binary, source="system", cache=tmp_path, home=Path.home())
    good = installed(cache=tmp_path, home=Path.home())[-1]
    assert choose([broken]) == (None, (broken.probe(),))
    chosen, probes = choose([broken, good])
    assert chosen is good
    assert [probe.usable for probe in probes] == [False, True]
    assert probes[0].reason


def test_a_home_that_cannot_be_listed_is_no_obstacle(tmp_path: Path) -> None:
    box = installed(cache=tmp_path, home=tmp_path / "missing")[0]
    assert box.probe().usable, box.probe().reason


def test_the_filter_is_made_for_known_machines_only() -> None:
    for machine in ("x86_64", "aarch64"):
        assert len(program(machine)) % 8 == 0
        assert len(program(machine)) > 400
    assert program("z80") == b""


def test_the_interpreter_of_the_tests_is_one_the_probe_can_show() -> None:
    assert Path(os.path.realpath(sys.executable)).is_relative_to(Path(sys.base_prefix).resolve())
