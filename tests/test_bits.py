"""Sets of record numbers: what is counted as the bits are stored is what masks give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.register.bits import CHUNK, Among, Postings, any_of
from tocsin.register.store import Store

SIZE = 2 * CHUNK + 77
SETS = {"none": [], "one": [CHUNK], "few": [0, 5, CHUNK - 1, CHUNK, SIZE - 1], "many": range(0, SIZE, 3), "all": range(SIZE),
        "first": range(CHUNK), "kind:a": range(0, SIZE, 2), "kind:b": range(0, SIZE, 1001)}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = Store(tmp_path_factory.mktemp("bits") / "register.db", create=True, read_only=False, tell=None)
    with made.writing() as db:
        postings = Postings(db)
        for term, numbers in SETS.items():
            for number in numbers:
                postings.put(term, number)
        postings.flush()
    return made


@settings(max_examples=60, deadline=None)
@given(terms=st.lists(st.sampled_from([*SETS, "kind:*", "unknown"]), max_size=3), step=st.integers(1, 40),
       size=st.sampled_from([SIZE, SIZE - 100, CHUNK, 1]))
def test_counting_is_what_masks_give(store: Store, terms: list[str], step: int, size: int) -> None:
    mask = np.zeros(size, dtype=np.bool_)
    mask[::step] = True
    with store.reading() as db:
        assert Among(db, mask).count(terms) == int((mask & any_of(db, terms, size)).sum())


def test_a_register_without_records_counts_nothing(tmp_path: Path) -> None:
    made = Store(tmp_path / "register.db", create=True, read_only=False, tell=None)
    with made.reading() as db:
        assert Among(db, np.zeros(1, dtype=np.bool_)).count(["type:meeting"]) == 0
    made.close()
