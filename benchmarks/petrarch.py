"""Who to whom on the PETRARCH records: of the records coded with two sides, how many have them the right way round.

In: ../shared/corpora/petrarch_records (MIT; sentences with invented states and the expected source and target). The
invented states are supplied as a user would, in a folder given with ``--knowledge``. Out: counts; with ``--errors`` the
sentences. Records of kinds that have no direction (meetings, drills, pacts) are left out; a pair that is expected or
coded in both orders (two sides that restored relations, fought each other) is unordered and says nothing of direction.

    python benchmarks/petrarch.py [--errors]
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from _floors import check
from tocsin import Reader
from tocsin.model import Record

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "shared" / "corpora" / "petrarch_records" / "PETR.UnitTest.records.xml"
DIRECTED = {
    "arms_transfer": (("supplier",), ("recipient",)),
    "deployment": (("force",), ("host", "against")),
    "armed_incident": (("initiator",), ("target",)),
    "coercive_measure": (("sender",), ("target",)),
    "diplomatic_status": (("actor",), ("toward",)),
    "statement": (("speaker",), ("addressee", "about")),
}
Pair = tuple[str, str]


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="direction on the PETRARCH records")
    options.add_argument("--errors", action="store_true")
    errors = options.parse_args().errors
    if not CORPUS.exists():
        print(f"petrarch: skipped, {CORPUS} is not there")
        return 0
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "parties").mkdir()
        shutil.copy(HERE / "petrarch_actors.yaml", Path(folder) / "parties" / "states.yaml")
        reader = Reader(knowledge=Path(folder))
        for name, text, expected in _sentences():
            counts["sentences"] += 1
            found = {pair for record in reader.read_text(text, plain=True).records for pair in _pairs(record)}
            counts["events with two states"] += len(expected)
            counts["of them coded"] += len(expected & found)
            for pair in sorted(found):
                verdict = _verdict(pair, expected, found)
                counts[verdict] += 1
                if errors and verdict not in ("right", "unordered"):
                    print(f"{verdict}: {name} {pair} for {sorted(expected)}\n    {text}")
    judged = counts["right"] + counts["reversed"]
    direction = counts["right"] / judged if judged else 0.0
    print("; ".join(f"{name} {number}" for name, number in counts.items()))
    print(f"direction right: {direction:.3f} of {judged} pairs that are expected in one order only")
    faults = check("petrarch", {"direction": round(direction, 3), "judged": judged})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _sentences() -> Iterator[tuple[str, str, set[Pair]]]:
    """(id, text, expected pairs of states) of each sentence."""
    for head, body in re.findall(r"<Sentence (.*?)>(.*?)</Sentence>", CORPUS.read_text("utf-8", "replace"), re.DOTALL):
        text = re.search(r"<Text>(.*?)</Text>", body, re.DOTALL)
        name = re.search(r'id="([^"]*)"', head)
        codings = re.findall(r'<EventCoding sourcecode="([^"]*)" targetcode="([^"]*)"', body)
        pairs = {(source[:3], target[:3]) for source, target in codings if source[:3] != target[:3]}
        if text and name:
            yield name[1], " ".join(text[1].split()), {p for p in pairs if all(side.isalpha() for side in p)}


def _pairs(record: Record) -> Iterator[Pair]:
    """The ordered pairs of countries of a directed record."""
    sources, targets = DIRECTED.get(record.type, ((), ()))
    for source in _countries(record, sources):
        for target in _countries(record, targets):
            if source != target:
                yield source, target


def _countries(record: Record, roles: tuple[str, ...]) -> list[str]:
    return [party.country for role in roles for party in record.roles.get(role, ()) if party.country]


def _verdict(pair: Pair, expected: set[Pair], found: set[Pair]) -> str:
    turned = pair[::-1]
    if pair in expected or turned in expected:
        both = {pair, turned}
        if both <= expected or both <= found:
            return "unordered"
        return "right" if pair in expected else "reversed"
    return "other pair" if expected else "nothing expected"


if __name__ == "__main__":
    raise SystemExit(main())
