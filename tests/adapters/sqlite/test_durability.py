"""The store after kill -9, on a full disk, with a damaged or foreign file, and with many processes at once."""

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from journey_values import StillClock, approval, cleared, finding, landed, proposal, run

from autonomous.adapters.sqlite.migrations import MIGRATIONS
from autonomous.adapters.sqlite.store import SqliteStore
from autonomous.model.errors import ExitCode
from autonomous.ports.store import StoreDamaged, StoreTooNew, StoreUnavailable

HERE = Path(__file__).parent
WRITER = """
import os, sys
from pathlib import Path
from journey_values import StillClock, run, proposal, cleared, landed, approval
from autonomous.adapters.sqlite.store import SqliteStore
store = SqliteStore(Path(sys.argv[1]), clock=StillClock())
os.write(1, b"ready\\n")
store.save_workflow(run(sys.argv[2]))
for n in range(int(sys.argv[3]), int(sys.argv[4])):
    item = proposal(n)
    store.save_cleared(cleared(item), workflow=sys.argv[2])
    store.save_decision(approval(item))
    store.save_outcomes([landed(item)], workflow=sys.argv[2])
    os.write(1, b"%d\\n" % n)
"""


def start(path: Path, name: str, first: int, last: int) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-c", WRITER, str(path), name, str(first), str(last)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def integrity(path: Path) -> str:
    with sqlite3.connect(path) as db:
        answer = db.execute("PRAGMA integrity_check").fetchone()[0]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()
    return str(answer)


def test_each_committed_row_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    chance = random.Random(7)
    kept = 0
    for turn in range(20):
        process = start(path, f"wf-{turn}", 1000 * turn, 1000 * turn + 999)
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        seen = [process.stdout.readline() for _ in range(chance.randrange(5))]
        with pytest.raises(subprocess.TimeoutExpired):  # a moment that has nothing to do with a commit
            process.wait(chance.uniform(0.0, 0.02))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        said = b"".join([*seen, rest])
        last = int(said.split()[-1]) if said.split() else -1
        assert integrity(path) == "ok"
        store = SqliteStore(path, clock=StillClock())
        for n in range(1000 * turn, last + 1):
            item = proposal(n)
            assert store.cleared(item.id) == cleared(item)
            assert store.decision(item.change.digest) == approval(item)
        ends = store.outcomes(f"wf-{turn}") if last >= 0 else ()
        assert ends[: last + 1 - 1000 * turn] == tuple(
            landed(proposal(n)) for n in range(1000 * turn, last + 1)
        )
        kept += len(ends)
        store.close()
    assert kept > 20, "the writers were killed before they wrote anything"


def test_many_processes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    writers = [start(path, f"wf-{n}", 100 * n, 100 * n + 5) for n in range(4)]
    for writer in writers:
        _, said = writer.communicate()
        assert writer.returncode == 0, said.decode()
    store = SqliteStore(path, clock=StillClock())
    assert [len(store.outcomes(f"wf-{n}")) for n in range(4)] == [5] * 4
    store.close()


def test_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    start(path, "wf-1", 0, 3).communicate()
    process = start(path, "wf-2", 100, 10_000)
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (200_000, 200_000))
    _, said = process.communicate()
    assert process.returncode == 1
    assert "StoreUnavailable: the store cannot be used" in said.decode()
    assert integrity(path) == "ok"
    store = SqliteStore(path, clock=StillClock())
    assert len(store.outcomes("wf-1")) == 3
    store.close()


def test_no_more_pages(store: SqliteStore, tmp_path: Path) -> None:
    store._database._db.execute("PRAGMA max_page_count = 40")
    with pytest.raises(StoreUnavailable, match="full") as caught:
        store.save_findings([finding(n) for n in range(1000)], workflow="wf-1")
    assert "space" in caught.value.hint
    assert caught.value.exit_code is ExitCode.INTERNAL
    assert caught.value.detail == str(tmp_path / "state.db")
    assert store.workflow("wf-1") == run()


def test_locked_by_another(store: SqliteStore, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "state.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert store.workflow("wf-1") == run(), "reading goes on"
    with pytest.raises(StoreUnavailable, match="locked") as caught:
        store.save_workflow(run("wf-2"))
    assert "another run" in caught.value.hint
    other.close()
    store.save_workflow(run("wf-2"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def overwrite(path: Path) -> None:
    path.write_bytes(b"\x00" * path.stat().st_size)


def scribble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200:] = os.urandom(len(data) - 200)
    path.write_bytes(data)


def text(path: Path) -> None:
    path.write_text("not a database, " * 500)


def statement(*lines: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with sqlite3.connect(path) as db:
            for line in lines:
                db.execute(line)
        db.close()

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        cut,
        overwrite,
        scribble,
        text,
        statement("UPDATE contents SET data = x'00'"),
        statement("UPDATE contents SET data = x'789c030000000001'"),
        statement("UPDATE contents SET data = 'text'"),
        statement("DELETE FROM contents"),
        statement("UPDATE proposals SET value = '{'"),
        statement("UPDATE proposals SET value = replace(value, 'src/a.py', 'src/b.py')"),
        statement('UPDATE outcomes SET value = \'{"end":{"type":"bogus"}}\''),
        statement("UPDATE outcomes SET proposal = NULL"),
        statement("UPDATE proposals SET value = replace(value, 'security', 'comedy')"),
        statement("DROP TABLE outcomes"),
    ],
)
def test_damaged_file_is_named_and_left_alone(
    store: SqliteStore, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "state.db"
    store.save_outcomes([landed(proposal(n)) for n in range(40)], workflow="wf-1")
    store.close()
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(StoreDamaged) as caught:  # noqa: PT012 - damage may show when opening or when reading
        again = SqliteStore(path, clock=StillClock())
        try:
            again.outcomes("wf-1")
        finally:
            again.close()
    assert caught.value.detail == str(path)
    assert f"mv '{path}'*" in caught.value.hint
    assert path.read_bytes() == before


def test_the_hint_helps(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_text("rubbish " * 100)
    with pytest.raises(StoreDamaged) as caught:
        SqliteStore(path, clock=StillClock())
    command = caught.value.hint.partition("(")[2].rpartition(")")[0]
    subprocess.run(["sh", "-c", command], check=True)
    SqliteStore(path, clock=StillClock()).close()
    assert (tmp_path / "damaged" / "state.db").read_text().startswith("rubbish")


def test_migrations_are_recorded_and_newer_ones_refused(store: SqliteStore, tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    store.close()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT name, at FROM migrations").fetchall() == [
            (step.name, StillClock().now().isoformat()) for step in MIGRATIONS
        ]
        db.execute("INSERT INTO migrations VALUES ('0999-from-the-future', '2099-01-01')")
    db.close()
    with pytest.raises(StoreTooNew, match=r"newer version.*0999-from-the-future") as caught:
        SqliteStore(path, clock=StillClock())
    assert caught.value.detail == str(path)


def test_private_and_never_through_a_link(store: SqliteStore, tmp_path: Path) -> None:
    assert (tmp_path / "state.db").stat().st_mode & 0o777 == 0o600
    (tmp_path / "link.db").symlink_to(tmp_path / "state.db")
    with pytest.raises(StoreUnavailable, match="symbolic links"):
        SqliteStore(tmp_path / "link.db", clock=StillClock())


@pytest.mark.parametrize("where", ["gone/state.db", "."])
def test_no_place_for_the_file(tmp_path: Path, where: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        SqliteStore(tmp_path / where, clock=StillClock())
    assert "directory" in caught.value.hint


def test_settings_of_the_connection(store: SqliteStore) -> None:
    asked = {
        name: store._database._db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_use_after_close_is_a_mistake_of_the_program(store: SqliteStore) -> None:
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.workflows()
