"""The file: migrations with a backup, refusals, what happens on a full disk, and several programs at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import tocsin
from tocsin.errors import RegisterError
from tocsin.register import Register
from tocsin.register.store import Migration, Store, migrations
from toy import state, toy_result

TEXT = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13.\nLatvia attacks Mali.\n"
HERE = Path(__file__).parent
ENV = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(Path(tocsin.__file__).parents[1])])}


def filled(path: Path, articles: int = 3) -> Path:
    with Register(path) as register:
        for number in range(articles):
            register.add(toy_result(f"{TEXT}{number}", f"{number}.txt"))
    return path


def as_version_1(path: Path) -> None:
    """The register as the first version made it: without the later steps."""
    with sqlite3.connect(path) as db:
        db.executescript("DROP VIEW incident_of_article; DROP TRIGGER incident_copy_linked; DROP INDEX article_published")
        for table in ("rollup_type", "rollup_party", "rollup_dyad", "rollup_place", "reviewed", "correction", "claim",
                      "sort_chunk", "sort_text", "sort_name", "incident_face", "incident_block", "incident_link",
                      "incident_member", "incident_alias", "incident_decision", "incident_rules", "incident_brief",
                      "incident_touched",
                      "entry", "copy", "copy_group", "run_of_words", "sketch", "polled", "awaited", "host"):
            db.execute(f"DROP TABLE {table}")
        db.execute('DELETE FROM "column" WHERE id >= 5 * 1048576')
        db.execute("PRAGMA user_version = 1")
    db.close()


def test_an_older_register_is_migrated_and_backed_up(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    before = state(path)
    as_version_1(path)
    said: list[str] = []
    with Register(path, tell=said.append) as register:
        assert register.summary().records == 6
        assert register.count(box=(30, 60, 40, 70)) == 3
    assert state(path) == before
    copy = tmp_path / "r.db.schema-1.bak"
    assert str(copy) in said[0]
    with sqlite3.connect(copy) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM record").fetchone() == (6,)
    db.close()


def test_looking_into_an_older_register_migrates_it_too(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    as_version_1(path)
    with Register(path, read_only=True) as register:
        assert register.summary().records == 6
    assert (tmp_path / "r.db.schema-1.bak").exists()


def test_no_backup_is_overwritten(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    for name in ("r.db.schema-1.bak", "r.db.schema-1-2.bak"):
        as_version_1(path)
        Register(path).close()
        assert (tmp_path / name).exists()


def test_a_migration_that_fails_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    steps = [*migrations(), Migration("CREATE TABLE more (a);\nINSERT INTO nowhere VALUES (1);\n")]
    with pytest.raises(RegisterError, match="nowhere"):
        Store(path, create=False, steps=steps)
    with Register(path) as register:
        assert register.find().total == 6
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone() == (0,)
    db.close()


def test_a_newer_register_is_refused_with_words(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    for read_only in (True, False):
        with pytest.raises(RegisterError, match=r"newer version of tocsin .*99.*update"):
            Register(path, read_only=read_only)


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "a.txt", tmp_path / "b.db"
    text.write_text("This is a text and no register of anything at all, however long one looks at it. " * 20)
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE mine (a)")
    db.close()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(RegisterError, match="no register of tocsin"):
            Register(path)
        assert path.read_bytes() == before


def test_a_register_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"no register .*none\.db"):
        Register(tmp_path / "none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"see that the folder .*nowhere is there"):
        Register(tmp_path / "nowhere" / "r.db")


def test_what_is_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    with Register(filled(tmp_path / "r.db"), read_only=True) as register, pytest.raises(RegisterError, match="written"):
        register.add(toy_result("Norway attacks Mali."))


def test_a_closed_register_says_so(tmp_path: Path) -> None:
    register = Register(tmp_path / "r.db")
    register.close()
    with pytest.raises(RegisterError, match="cannot be used any more"):
        register.find()


UNWRITABLE = """
import os, sys
from pathlib import Path
import toy
from tocsin.errors import RegisterError
from tocsin.register import Register
register = Register(Path("warm.db")); register.add(toy.toy_result("Norway attacks Mali.")); register.close()
os.chmod("locked", 0o555)
os.seteuid(65534) if os.geteuid() == 0 else None
try:
    Register(Path("locked", "r.db"))
except RegisterError as error:
    print(error)
"""


def test_an_unwritable_folder_gives_a_clear_message(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "locked").mkdir()
    ran = subprocess.run([sys.executable, "-c", UNWRITABLE], cwd=tmp_path, env=ENV, capture_output=True,
                         text=True, check=False)
    assert "see that the folder" in ran.stdout, ran.stderr
    assert "locked" in ran.stdout


def test_a_full_disk_gives_a_clear_message_and_leaves_the_register_intact(tmp_path: Path) -> None:
    path = filled(tmp_path / "r.db")
    before = state(path)
    with Register(path) as register:
        pages = register._store.db.execute("PRAGMA page_count").fetchone()[0]
        register._store.db.execute(f"PRAGMA max_page_count = {pages + 2}")
        more = (toy_result(f"{TEXT * 30}{number}", f"more {number}.txt") for number in range(200))
        with pytest.raises(RegisterError, match=r"disk is full.*intact"):
            [register.add(result) for result in more]
        kept = register.find().total
    intact(path)
    assert kept >= sum(before["by_type"].values())
    with Register(path) as register:  # there is room again
        register.add(toy_result(f"{TEXT}last", "last.txt"))
        assert register.find().total == kept + 2


LIMITED = """
import sys, resource
from pathlib import Path
import toy
from tocsin.errors import RegisterError
from tocsin.register import Register
path = Path("r.db")
with Register(path) as register:
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 600_000, resource.RLIM_INFINITY))
    try:
        for number in range(3000):
            register.add(toy.toy_result(f"Russia attacks Mali. {number} " * 30, f"{number}.txt"))
    except RegisterError as error:
        print(error)
"""


def test_a_quota_gives_a_clear_message_and_leaves_the_register_intact(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", LIMITED], cwd=tmp_path, env=ENV, capture_output=True,
                         text=True, check=False)
    assert "run the same command again" in ran.stdout, ran.stderr
    intact(tmp_path / "r.db")
    with Register(tmp_path / "r.db") as register:
        assert register.find().total > 0
        assert register.add(toy_result("Russia attacks Mali.", "last.txt")).outcome == "new"


def test_a_writer_waits_for_another_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.register.store._WAIT_MS", 50)
    path, said, held = filled(tmp_path / "r.db"), [], threading.Event()

    def hold() -> None:
        with Register(path) as other, other._store.writing():
            held.set()
            time.sleep(0.6)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    with Register(path, tell=said.append) as register:
        register.add(toy_result("Norway attacks Mali.", "new.txt"))
        assert register.find().total == 7
    thread.join()
    assert len(said) == 1
    assert "another program is writing" in said[0]


def test_many_read_while_one_writes(tmp_path: Path) -> None:
    path, faults, stop = filled(tmp_path / "r.db"), [], threading.Event()

    def read() -> None:
        seen = 0
        try:
            while not stop.is_set():
                with Register(path, read_only=True) as register:
                    found = register.find(party="RUS")
                    assert found.total >= seen
                    assert len(list(found)) == found.total
                    seen = found.total
        except BaseException as error:
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with Register(path) as register:
        for number in range(60):
            register.add(toy_result(f"{TEXT}{number}", f"more {number}.txt"))
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []


def test_two_programs_that_make_a_register_at_once_both_succeed(tmp_path: Path) -> None:
    code = ("import sys, toy; from tocsin.register import Register\n"
            "r = Register('r.db'); r.add(toy.toy_result('Russia attacks Mali. ' + sys.argv[1], sys.argv[1]))")
    both: list[Any] = [subprocess.Popen([sys.executable, "-c", code, name], cwd=tmp_path, env=ENV, stderr=subprocess.PIPE)
                       for name in ("a", "b")]
    assert [(one.communicate()[1], one.returncode) for one in both] == [(b"", 0), (b"", 0)]
    with Register(tmp_path / "r.db") as register:
        assert register.find().total == 2


def intact(path: Path) -> None:
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()

