#!/usr/bin/env python3
"""An ingest of a web archive killed at random moments, with one worker and with two: what is left is whole, and the next run
completes it, no article lost or doubled. Then histories of ingest, reviews, merging, splitting, undoing, each step killed
before a random statement and done again: the register is that of an undisturbed history.

    python benchmarks/kills.py [--times 5]

Uses the toy coder of the tests: what is tried is the register and the workers, not the language model.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "incidents"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from test_incident_briefs import worked_out
from test_incident_register import groups, links, play

from archives import answer, page, record, warc
from killing import kill, killed_before
from tocsin.register import Register
from toy import ingest, state

BODY = ("<p>Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13.</p><p>Latvia attacks Mali.</p>"
        "<p>The ministers of both countries said that the trucks had been on their way for a "
        "week and that more of them would follow soon.</p>")


def main() -> int:
    """Kill so many times with each number of workers; exit status 1 where something was lost."""
    options = argparse.ArgumentParser(description="kill -9 during ingest")
    options.add_argument("--times", type=int, default=5)
    times = options.parse_args().times
    faults = [fault for workers in (1, 2) for fault in _round(workers, times)]
    by_hand = [_history(seed) for seed in range(times)]
    faults += [fault for _, found in by_hand for fault in found]
    print(f"kills.killed: {2 * times + sum(killed for killed, _ in by_hand)}\nkills.faults: {len(faults)}")
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _round(workers: int, times: int) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder, draw = Path(name), random.Random(workers)
        news = folder / "news.warc.gz"
        news.write_bytes(warc([_page(number % (11 * times)) for number in range(12 * times)]))
        faults = [fault for _ in range(times) for fault in kill(folder / "r.db", news, workers, draw)]
        ingest(folder / "r.db", [str(news)])
        ingest(folder / "whole.db", [str(news)])
        with Register(folder / "r.db") as register:
            doubled = 12 * times - len({row.source for row in register.articles()})
        same = doubled == 0 and state(folder / "r.db") == state(folder / "whole.db")
        return faults + ([] if same else [f"{workers} workers: the completed register differs from an undisturbed one"])


def _history(seed: int, steps: int = 30) -> tuple[int, list[str]]:
    """A history of random steps, each killed before a random statement and then done; how many were, and faults."""
    draw, killed = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as name:
        path, whole = Path(name, "killed.db"), Path(name, "whole.db")
        for _ in range(steps):
            action = draw.choice(("add", "add", "add", "reread", "merge", "apart", "split", "undo", "reject", "unreject"))
            step = [(action, draw.randrange(12), draw.randrange(9), draw.randrange(7))]
            short = killed_before(path, lambda register, step=step: play(register, step), draw.randint(1, 150))
            killed += short
            with Register(path) as register, Register(whole) as other:
                if not short or _told(register) != _told(other):  # it was done, or killed after its last transaction
                    play(other, step)
                else:
                    play(register, step)
                    play(other, step)
                if _told(register) != _told(other):
                    return killed, [f"history {seed}: a register whose steps were killed differs after {action}"]
    return killed, []


def _told(register: Register) -> tuple[object, ...]:
    """What a register comes to: incidents, links, decisions, corrections, briefs."""
    decisions = [(one.action, one.ones, one.others, one.undoes) for one in register.incidents.decisions()]
    corrections, records = register.reviews.counts().corrections, register.summary(parties=False).records
    return groups(register), links(register), decisions, corrections, worked_out(register), records


def _page(number: int) -> bytes:
    """The record of a page, every twelfth of which has the text of another."""
    body = f"{BODY}<p>It was convoy {number}.</p>"
    return record(f"https://example.org/{number}", answer(page(f"Convoy {number}", body)))


if __name__ == "__main__":
    raise SystemExit(main())
