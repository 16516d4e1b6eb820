"""Score the layer ``attributions`` against PolNeAR (who says, thinks or wants what, in US news of 2015 and 2016).

In: ``../shared/corpora/polnear``; its *dev* part is measured. Out: precision, recall and F1 of

- sources: the words that name who speaks, each once however often he speaks. A marked source is found where one of ours
  shares a word with it, one to one;
- linked: attributions, paired one to one by the most words of content that they share; right where the sources share a word
  too, or both have none. A source found for another's words is wrong here;
- cues: as sources;
- content: words (no marks) that stand in the content of some attribution, here and there;
- soft: the share of each content that is covered by the content of the attribution it is paired with, averaged over all,
  ours and theirs (as the shared tasks on opinion holders measure).

Our content is one span from its first to its last word: where the source and cue stand inside ("A," N said, "B"), their
words are taken out first, as PolNeAR does. Where several people marked a text the first one counts; the others are scored
against him too, and that line says how far people agree.

The baseline needs no tree: text in quotation marks, the nearest listed verb of saying in its paragraph, the name or pronoun
nearest to that verb; and what stands before "according to".

    python benchmarks/attribution.py [--part dev] [--errors 20] [--every 1]
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from _floors import check
from _polnear import Marked, Said, Words, WordsOf, read_folder
from tocsin.reader import Reader
from tocsin.reading import article_from_text

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "polnear"
MEASURES = ("sources", "linked", "cues", "content", "soft")


@dataclass
class Tally:
    """Counts of one measure."""

    marked: float = 0
    found: float = 0
    right_marked: float = 0
    right_found: float = 0

    def add(self, marked: float, found: float, right_marked: float, right_found: float | None = None) -> None:
        """Count some more."""
        self.marked, self.found = self.marked + marked, self.found + found
        self.right_marked += right_marked
        self.right_found += right_marked if right_found is None else right_found

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the marked that is found."""
        return self.right_marked / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Score:
    """Tallies of all texts, and what went wrong."""

    tally: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in MEASURES})
    faults: dict[str, Counter[str]] = field(default_factory=lambda: {t: Counter() for t in ("missed", "false", "source")})
    words: int = 0
    seconds: float = 0.0

    def add(self, text: WordsOf, marked: Sequence[Said], found: Sequence[Said]) -> None:
        """Add one text."""
        for name, part in (("sources", "source"), ("cues", "cue")):
            theirs, ours = _distinct(marked, part), _distinct(found, part)
            self.tally[name].add(len(theirs), len(ours), len(_paired(theirs, ours)))
        theirs, ours = [text.plain(m.content) for m in marked], [text.plain(f.content) for f in found]
        all_theirs, all_ours = frozenset().union(*theirs), frozenset().union(*ours)
        self.tally["content"].add(len(all_theirs), len(all_ours), len(all_theirs & all_ours))
        pairs = _paired(theirs, ours)
        self._pairs(text, marked, found, pairs)
        shares = [len(theirs[i] & ours[j]) for i, j in pairs]
        of_theirs = sum(n / len(theirs[i]) for n, (i, _) in zip(shares, pairs, strict=True))
        of_ours = sum(n / len(ours[j]) for n, (_, j) in zip(shares, pairs, strict=True))
        self.tally["soft"].add(len(theirs), len(ours), of_theirs, of_ours)

    def _pairs(self, text: WordsOf, marked: Sequence[Said], found: Sequence[Said], pairs: list[tuple[int, int]]) -> None:
        right = 0
        for i, j in pairs:
            same = bool(marked[i].source & found[j].source) or not (marked[i].source or found[j].source)
            right += same
            if not same:
                told = f"{text.shown(found[j].source) or '-'} for {text.shown(marked[i].source) or '-'}"
                self.faults["source"][f"{told} ({text.shown(marked[i].cue)})".lower()] += 1
        self.tally["linked"].add(len(marked), len(found), right)
        for i in set(range(len(marked))) - {i for i, _ in pairs}:
            self.faults["missed"][text.shown(marked[i].cue).lower()] += 1
        for j in set(range(len(found))) - {j for _, j in pairs}:
            self.faults["false"][text.shown(found[j].cue).lower()] += 1


def _distinct(said: Sequence[Said], part: str) -> list[Words]:
    return sorted({getattr(s, part) for s in said if getattr(s, part)}, key=sorted)


def _paired(theirs: Sequence[Words], ours: Sequence[Words]) -> list[tuple[int, int]]:
    """One-to-one pairs of sets that share words, those that share most (of what either has) first."""
    holders: dict[int, list[int]] = {}
    for j, words in enumerate(ours):
        for word in words:
            holders.setdefault(word, []).append(j)
    shared = Counter((i, j) for i, words in enumerate(theirs) for word in words for j in holders.get(word, ()))
    ranked = sorted(shared, key=lambda p: (-shared[p] / len(theirs[p[0]] | ours[p[1]]), p))
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for i, j in ranked:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((i, j))
    return pairs


class Ours:
    """The layer ``attributions``."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, words: WordsOf) -> list[Said]:
        """What the layer finds in a text."""
        article, _ = article_from_text(words.text, source="<text>", title=None, url=None, published=None)
        result = self._reader.read_article(article, layers=("attributions",))
        return [
            made(words, (a.source.start, a.source.end) if a.source else None, (a.cue.start, a.cue.end),
                 (a.content.start, a.content.end))
            for a in result.attributions
        ]  # fmt: skip


def made(words: WordsOf, source: tuple[int, int] | None, cue: tuple[int, int], content: tuple[int, int]) -> Said:
    """An attribution from spans: its content without the words of its source and cue."""
    who, said = words.within([source] if source else []), words.within([cue])
    return Said(who, said, words.within([content]) - who - said)


class Baseline:
    """Quotation marks, the nearest verb of a list, the nearest name."""

    _QUOTE = re.compile(r"[\u201c\"][^\u201c\u201d\"\n]+[\u201d\"]?")
    _VERB = re.compile(r"\b(?:said|says|say|told|wrote|added|asked|called|noted|tweeted|argued|declared|explained)\b")
    _NAME = re.compile(r"(?:[A-Z][\w.’'-]+ )*[A-Z][\w’'-]+|\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b")
    _ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^,.;\n]+)")

    def __call__(self, words: WordsOf) -> list[Said]:
        """What such a rule finds in a text."""
        return [said for line in re.finditer(r"[^\n]+", words.text) for said in self._in(words, line.start(), line.end())]

    def _in(self, words: WordsOf, start: int, end: int) -> Iterator[Said]:
        text = words.text
        quotes = [m.span() for m in self._QUOTE.finditer(text, start, end)]
        outside = [m.span() for m in self._VERB.finditer(text, start, end) if not _inside(m.start(), quotes)]
        names = [m.span() for m in self._NAME.finditer(text, start, end) if not _inside(m.start(), quotes)]
        for quote in quotes:
            verb = min(outside, key=lambda v: _gap(v, quote), default=None)
            who = min(names, key=lambda n: _gap(n, verb), default=None) if verb else None
            if verb and who:
                yield made(words, who, verb, quote)
        for match in self._ACCORDING.finditer(text, start, end):
            begin = max(text.rfind(mark, start, match.start()) for mark in (". ", "\n"))
            if match.start() - max(begin, start) > len(match.group()):
                cue, content = (match.start(), match.start("who") - 1), (max(begin + 1, start), match.start())
                yield made(words, match.span("who"), cue, content)


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def measure(texts: Sequence[Marked], finder: Callable[[WordsOf], list[Said]]) -> Score:
    """The score of a finder on texts."""
    score = Score()
    for marked in texts:
        words = WordsOf(marked.text)
        begin = time.process_time()
        found = finder(words)
        score.seconds += time.process_time() - begin
        score.words += len(marked.text.split())
        score.add(words, marked.by[0], found)
    return score


def agreement(texts: Sequence[Marked]) -> Score:
    """How the others who marked a text agree with the first."""
    score = Score()
    for marked in texts:
        for other in marked.by[1:]:
            score.add(WordsOf(marked.text), marked.by[0], other)
    return score


def report(name: str, score: Score, errors: int = 0) -> None:
    """Print the figures of one finder."""
    print(f"{name}")
    for measure_, tally in score.tally.items():
        print(f"  {measure_:8} marked {tally.marked:6.0f} found {tally.found:6.0f}"
              f"  P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f}")  # fmt: skip
    if score.words:
        print(f"  {1000 * score.seconds / score.words:.2f} s per 1,000 words")
    for title, counter in score.faults.items():
        for number, (line, count) in enumerate(counter.most_common(errors)):
            print(f"  {title}: {counter.total()}" if not number else "", end="" if number else "\n")
            print(f"    {count:3}  {line}")


def main() -> int:
    """Measure one part of the corpus; only *dev* has floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--errors", type=int, default=0, help="so many of the commonest errors; read those of train only")
    parser.add_argument("--every", type=int, default=1, help="each so many-th text only")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"skipped: {options.corpus} is not here")
        return 0
    texts = read_folder(options.corpus / options.part)[:: options.every]
    score = measure(texts, Ours(Reader()))
    report(f"ours, {len(texts)} texts", score, options.errors)
    report("baseline", measure(texts, Baseline()))
    report("people, texts that several marked", agreement(texts))
    whole = options.part == "dev" and options.every == 1
    figures = {name: round(score.tally[name].f1, 3) for name in MEASURES}
    faults = check("attribution", figures) if whole else []
    for fault in faults:
        print(f"below the floor: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
