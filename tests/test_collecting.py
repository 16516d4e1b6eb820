"""The garbage collector is held back while tables are loaded and articles read, and left as it was found."""

from __future__ import annotations

import gc

import pytest

from tocsin.knowledge.collecting import uncollected


def test_it_is_off_inside_and_on_again_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), uncollected():
        1 / gc.isenabled()
    assert gc.isenabled()


def test_whoever_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with uncollected(lasting=True):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_lasts_is_old_at_once_and_nothing_stays_frozen() -> None:
    with uncollected(lasting=True):
        made = [[number] for number in range(5000)]
    young = {id(thing) for generation in (0, 1) for thing in gc.get_objects(generation)}
    assert not young & {id(row) for row in made}
    assert gc.get_freeze_count() == 0
