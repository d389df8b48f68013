"""The sandbox holds real processes: what they see, what they may use, and that none survives."""

import os
import signal
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autonomous.adapters.sandbox.bubblewrap import Bubblewrap, installed
from autonomous.adapters.sandbox.choice import choose
from autonomous.adapters.sandbox.tree import disk_bytes, proportional_mb, usage
from autonomous.ports.sandbox import Job, JobResult, Mount, SandboxBroken

PYTHON = os.path.realpath(sys.executable)
PREFIX = Path(sys.base_prefix)


@pytest.fixture
def box(tmp_path: Path) -> Bubblewrap:
    return installed(cache=tmp_path, home=Path.home())[0]


def run(
    box: Bubblewrap, program: str, *arguments: str, mounts: tuple[Mount, ...] = (), **limits: float
) -> JobResult:
    argv = (PYTHON, "-I", "-S", "-c", textwrap.dedent(program), *arguments)
    job = Job(argv=argv, cwd=Path("/"), mounts=(Mount(PREFIX, PREFIX), *mounts), **limits)  # type: ignore[arg-type]
    return box.run(job)


def running(token: str) -> Iterator[int]:
    """Numbers of all processes of this machine whose command line holds the token."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if token.encode() in path.read_bytes() and path.parent.name != str(os.getpid()):
                yield int(path.parent.name)
        except OSError:
            continue


def test_the_first_usable_backend_is_chosen(tmp_path: Path) -> None:
    sandbox, probes = choose(installed(cache=tmp_path, home=Path.home()))
    assert sandbox is not None
    assert probes[-1].usable, probes[-1].reason
    assert len(probes[-1].escapes) == 10
    assert sandbox.name.startswith("bwrap 0.")


def test_output_and_exit_code_come_back(box: Bubblewrap) -> None:
    result = run(box, "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)")
    assert (result.returncode, result.stdout, result.stderr) == (7, b"out\n", b"err\n")
    assert not result.timed_out
    assert result.breach == ""


def test_a_signal_is_a_negative_code(box: Bubblewrap) -> None:
    assert run(box, "import os; os.kill(os.getpid(), 11)").returncode == -11


def test_only_the_end_of_a_long_output_is_kept(box: Bubblewrap) -> None:
    result = run(box, "print('x' * 3_000_000, end=''); print('the end')", output_bytes=100_000)
    assert len(result.stdout) == 100_000
    assert result.stdout.endswith(b"xxthe end\n")


def test_environment_host_name_and_user_are_made_up(box: Bubblewrap) -> None:
    program = """
        import getpass, json, os, platform, pwd
        print(json.dumps([sorted(os.environ), platform.node(), getpass.getuser(), os.getuid(), pwd.getpwuid(os.getuid()).pw_dir]))
    """
    names, node, user, uid, home = eval(run(box, program).stdout)
    assert names == sorted(
        [
            "HOME",
            "LANG",
            "LC_ALL",
            "LOGNAME",
            "PATH",
            "PWD",
            "SHELL",
            "TMPDIR",
            "TZ",
            "USER",
            "XDG_RUNTIME_DIR",
        ]
    )
    assert (node, user, home) == ("sandbox", "tester", "/tmp/home")
    assert uid == (os.getuid() or 65534)


def test_own_loopback_works_and_nothing_else(box: Bubblewrap) -> None:
    program = """
        import socket
        server = socket.create_server(("127.0.0.1", 0))
        socket.create_connection(server.getsockname()).close()
        print([name for _, name in socket.if_nameindex()])
        try:
            socket.create_connection(("192.0.2.1", 80), timeout=5)
        except OSError as error:
            print(error.strerror)
    """
    assert run(box, program).stdout.splitlines() == [b"['lo']", b"Network is unreachable"]


def test_only_the_copy_and_private_folders_are_writable(box: Bubblewrap, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy", tmp_path / "other"
    copy.mkdir()
    other.mkdir()
    program = """
        import sys
        for path in sys.argv[1:]:
            try:
                open(path + "/new", "w").close()
                print("yes", path)
            except OSError as error:
                print("no", path, error.strerror)
    """
    mounts = (Mount(copy, Path("/srv/project"), writable=True), Mount(other, Path("/srv/project/other")))
    shown = ["/srv/project", "/srv/project/other", "/tmp", "/dev/shm", "/var/tmp", "/tmp/home"]
    hidden = ["/", "/etc", "/usr", "/dev", "/srv", "/var", str(PREFIX), str(Path.home()), "/proc/sys/kernel"]
    lines = run(box, program, *shown, *hidden, mounts=mounts).stdout.decode().splitlines()
    assert [line.split()[0] for line in lines] == ["yes", "no", "yes", "yes", "yes", "yes"] + ["no"] * len(
        hidden
    )
    assert (copy / "new").exists()
    assert not (other / "new").exists()


def test_no_process_survives_neither_an_end_nor_a_time_limit(box: Bubblewrap) -> None:
    daemons = """
        import os, signal, sys
        for _ in range(3):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    signal.signal(signal.SIGHUP, signal.SIG_IGN)
                    print("daemon", flush=True)
                    signal.pause()
                os._exit(0)
            os.wait()
        if sys.argv[2] == "stay":
            signal.pause()
    """
    for number, (how, wall) in enumerate((("end", 60.0), ("stay", 4.0))):
        token = f"daemons-{os.getpid()}-{number}"
        result = run(box, daemons, token, how, wall_seconds=wall)
        assert list(running(token)) == []
        assert result.timed_out == (how == "stay")
        assert how == "end" or result.stdout.count(b"daemon") == 3
        assert result.wall_seconds < wall + 5


def test_an_interruption_ends_everything_at_once(box: Bubblewrap) -> None:
    class Interrupted(Exception):
        pass

    def interrupt(*_: object) -> None:
        raise Interrupted

    token = f"interrupted-{os.getpid()}"
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(Interrupted):
            run(
                box,
                "import signal\nsignal.signal(15, signal.SIG_IGN)\nsignal.pause()",
                token,
                wall_seconds=60.0,
            )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert list(running(token)) == []


def test_one_process_that_asks_for_too_much_memory_is_refused(box: Bubblewrap) -> None:
    assert b"MemoryError" in run(box, "bytearray(1 << 30)", memory_mb=256).stderr


def test_many_processes_that_use_too_much_memory_together_are_ended(box: Bubblewrap) -> None:
    program = """
        import os, signal
        for _ in range(4):
            if os.fork() == 0:
                held = bytearray(os.urandom(1 << 20) * 80)
                signal.pause()
        signal.pause()
    """
    result = run(box, program, memory_mb=200, wall_seconds=60.0)
    assert result.breach == "memory: more than 200 MB"
    assert result.returncode == -9
    assert not result.timed_out


def test_shared_pages_are_counted_once(box: Bubblewrap) -> None:
    program = """
        import os, time
        held = bytearray(b"x" * (150 << 20))
        for _ in range(2):
            if os.fork() == 0:
                while time.process_time() < 0.4:
                    pass
                os._exit(0)
        for _ in range(2):
            os.wait()
    """
    result = run(box, program, memory_mb=350, wall_seconds=60.0)
    assert (result.breach, result.returncode) == ("", 0)


def test_a_fork_bomb_is_ended(box: Bubblewrap) -> None:
    token = f"bomb-{os.getpid()}"
    program = "import os, signal\nfor _ in range(300):\n    if os.fork() == 0: signal.pause()\nsignal.pause()"
    result = run(box, program, token, processes=50, wall_seconds=60.0)
    assert result.breach == "processes: more than 50"
    assert list(running(token)) == []


def test_files_and_disk_are_bounded(box: Bubblewrap, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    mounts = (Mount(copy, Path("/srv/project"), writable=True),)
    one = "open('/srv/project/big', 'wb').write(b'x' * (3 << 20))"
    assert b"File too large" in run(box, one, mounts=mounts, file_mb=1).stderr
    many = """
        import itertools, os
        for number in itertools.count():
            with open(f"/srv/project/{number}", "wb") as file:
                file.write(os.urandom(1 << 20))
    """
    result = run(box, many, mounts=mounts, disk_mb=20, wall_seconds=60.0)
    assert result.breach == "disk: more than 20 MB"


def test_processor_time_is_measured(box: Bubblewrap) -> None:
    result = run(box, "import time\nwhile time.process_time() < 0.7: pass")
    assert 0.2 <= result.cpu_seconds <= result.wall_seconds + 0.5


def test_dangerous_system_calls_are_refused(box: Bubblewrap) -> None:
    program = """
        import ctypes, errno, fcntl, os, socket
        c = ctypes.CDLL(None, use_errno=True)
        def name(result):
            return errno.errorcode[ctypes.get_errno()] if result == -1 else str(result)
        print(name(c.unshare(0x10000000)), name(c.ptrace(0, 0, None, None)), name(c.mount(b"x", b"/tmp", b"tmpfs", 0, None)))
        print(name(c.setns(0, 0)), name(c.syscall(435, None, 0)), name(c.syscall(425, 1, None)))
        for family in (socket.AF_VSOCK, socket.AF_PACKET, socket.AF_ALG):
            try:
                socket.socket(family, socket.SOCK_STREAM)
            except OSError as error:
                print(errno.errorcode[error.errno], end=" ")
        try:
            fcntl.ioctl(0, 0x5412, b"x")
        except OSError as error:
            print(errno.errorcode[error.errno])
        import threading
        thread = threading.Thread(target=print, args=("threads work",))
        thread.start()
        thread.join()
    """
    lines = run(box, program).stdout.decode().splitlines()
    assert lines == [
        "EPERM EPERM EPERM",
        "EPERM ENOSYS EPERM",
        "EAFNOSUPPORT EAFNOSUPPORT EAFNOSUPPORT EPERM",
        "threads work",
    ]


def test_a_job_that_cannot_start_says_why(box: Bubblewrap, tmp_path: Path) -> None:
    missing = (Mount(tmp_path / "missing", Path("/srv/project")),)
    with pytest.raises(SandboxBroken, match="missing: No such file or directory"):
        run(box, "pass", mounts=missing)
    with pytest.raises(SandboxBroken, match="execvp /no/such/program"):
        box.run(Job(argv=("/no/such/program",), cwd=Path("/"), mounts=()))


def test_jobs_run_side_by_side_from_threads(box: Bubblewrap) -> None:
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda number: run(box, f"print({number})"), range(6)))
    assert [result.stdout for result in results] == [b"%d\n" % number for number in range(6)]


def test_it_works_without_root(box: Bubblewrap, tmp_path: Path) -> None:
    """A child gives up root, where it is root, and runs a job; the exit code says whether that worked."""
    tmp_path.chmod(0o755)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            home = Path("/nonexistent")
            own = Bubblewrap(Path(box._binary), source="bundled", cache=tmp_path, home=home)
            result = own.run(Job(argv=("/bin/sh", "-c", "id -u; exit 5"), cwd=Path("/"), mounts=()))
            code = 0 if (result.returncode, result.stdout.strip()) == (5, b"%d" % os.getuid()) else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_what_ends_while_it_is_measured_counts_nothing(tmp_path: Path) -> None:
    gone = 2**22 + 1  # above the kernel's largest process number
    assert usage(gone).processes == 0
    assert proportional_mb(gone) == 0
    assert disk_bytes([tmp_path / "missing"]) == 0
