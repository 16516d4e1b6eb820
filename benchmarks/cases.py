"""How many cases of tests/cases come out right, by type, with what is wrong in the others.

python benchmarks/cases.py [--type T] [--id ID] [--errors]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from _floors import check
from case_check import faults, load_cases
from tocsin.reader import Reader


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--type")
    options.add_argument("--id")
    options.add_argument("--errors", action="store_true")
    chosen = options.parse_args()
    reader, right, total = Reader(), Counter[str](), Counter[str]()
    for kind, case in load_cases():
        if chosen.type not in (None, kind) or (chosen.id and not case["id"].startswith(chosen.id)):
            continue
        published = str(case["published"]) if case.get("published") else None
        wrong = faults(kind, case, list(reader.read_text(case["text"], published=published, plain=True).records))
        total[kind] += 1
        right[kind] += not wrong
        if wrong and chosen.errors:
            print(f"{case['id']}: {case['text']}\n    " + "\n    ".join(wrong))
    for kind in total:
        print(f"{kind:20} {right[kind]:4} of {total[kind]:4}")
    print(f"{'all':20} {sum(right.values()):4} of {sum(total.values()):4}")
    if chosen.type or chosen.id:
        return 0
    faults_found = check("cases", {"share": round(sum(right.values()) / sum(total.values()), 3)})
    print("\n".join(faults_found), file=sys.stderr) if faults_found else None
    return 1 if faults_found else 0


if __name__ == "__main__":
    raise SystemExit(main())
