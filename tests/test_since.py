"""What a reviewer corrects is no news: it came when the coder's record did."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tocsin.register import Register
from tocsin.register.since import came
from toy import toy_result

TEXT = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13, Norway said.\nLatvia attacks Mali in Gao on 2020-01-05."


def test_a_corrected_record_keeps_its_place_among_those_that_came(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result(TEXT, "a.txt"))
        register.add(toy_result(TEXT + "More.", "b.txt"))
        before = [row.record.id for row in register.find(sort="added")]
        oldest = [*register.find(sort="added")][-1].record.id
        register.reviews.judge(oldest, "edit", by="ann", slot="status", value="planned")
        rows = list(register.find(sort="added"))
        assert [row.record.id for row in rows] == before
        assert rows[-1].record.status == "planned"
        assert rows[-1].number > 4  # it has a number of its own
        assert [row.record.id for row in register.find(sort="added", ascending=True)] == before[::-1]
        with register._store.reading() as db:
            numbers = np.array(sorted(row.number for row in rows), dtype=np.int64)
            assert sorted(came(db, numbers).tolist()) == [1, 2, 3, 4]
            assert came(db, numbers[:0]).tolist() == []


def test_nothing_reviewed_nothing_changed(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result(TEXT, "a.txt"))
        with register._store.reading() as db:
            assert came(db, np.array([1, 2])).tolist() == [1, 2]
