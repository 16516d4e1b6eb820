"""Party linking on hand-labelled mentions: is the kind right, and the country, and "no country" where there is none?

In: ``party_mentions.yaml`` (500 spans, kinds and countries, with its conventions), ``party_mentions_unseen.yaml`` (100 more
from texts for which nothing was mended; ``--errors`` does not show them) and ../shared/corpora.
Out: how many mentions have kind, country and both right, by corpus and by kind, beside a simple baseline: the longest
listed name within the phrase, else nothing. What is taken is whom the linker of the layer of mentions says that the phrase
stands for. A phrase that stands for parties of several countries has none; ``IGO`` and none are one answer, "no country".
Rows of kind ``none`` are right where nothing is linked. ``--errors N`` prints the N commonest confusions and each miss.

    python benchmarks/party_linking.py [--errors 20]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from _floors import check
from _mention_texts import NAMES, UNSEEN, Text, absent, texts
from tocsin import Reader
from tocsin.language.annotate import Annotated
from tocsin.language.linking import Linker, Linking
from tocsin.language.phrases.entities import party_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party
from tocsin.reading import article_from_text

MENTIONS = Path(__file__).with_name("party_mentions.yaml")
UNSEEN_MENTIONS = Path(__file__).with_name("party_mentions_unseen.yaml")
NOTHING = "none"
BODIES = "IGO"  # the codebook's country of bodies of states, which is no country


@dataclass(frozen=True)
class Answer:
    """What a mention is said to be."""

    kind: str
    country: str | None
    name: str | None = None

    @property
    def land(self) -> str | None:
        """The country, where it is one."""
        return None if self.country == BODIES else self.country


@dataclass(frozen=True)
class Row:
    """One mention: where it stands, what a reader says it is, what the linker and the baseline say."""

    corpus: str
    key: str
    text: str
    right: Answer
    linked: Answer
    baseline: Answer


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="party linking on hand-labelled mentions")
    options.add_argument("--errors", type=int, default=0, metavar="N")
    errors = options.parse_args().errors
    reader = Reader()
    faults = _score("party_linking", MENTIONS, NAMES, reader, errors)
    faults += _score("party_linking_unseen", UNSEEN_MENTIONS, UNSEEN, reader)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _score(name: str, mentions: Path, corpora: tuple[str, ...], reader: Reader, errors: int = 0) -> list[str]:
    """Print the figures of a list of mentions; what fell below its floor."""
    if missing := absent(names=corpora):
        print(f"{name}: skipped, {', '.join(missing)} not there")
        return []
    print(f"{name}: {mentions.name}")
    rows = list(_rows(yaml.safe_load(mentions.read_text(encoding="utf-8")), corpora, reader))
    figures = _print_tables(rows)
    if errors:
        _print_errors(rows, errors)
    return check(name, figures)


def _rows(data: dict[str, Any], corpora: tuple[str, ...], reader: Reader) -> Iterator[Row]:
    """Every counted mention with the three answers; each article is read once."""
    head_end = re.compile(r",|\s(?:" + "|".join(data.pop("joints")) + r")\s")
    wanted: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for corpus, mentions in data.items():
        for mention in mentions:
            if not mention.get("doubtful"):
                wanted.setdefault((corpus, mention["file"]), []).append(mention)
    linking = Linking(reader.tables)
    for text in texts(names=corpora):
        if mentions := wanted.pop((text.corpus, text.key), []):
            yield from _read(reader, linking, text, mentions, head_end)
    if wanted:
        raise SystemExit(f"party_linking: not in the corpora: {', '.join(key for _, key in wanted)}")


def _read(
    reader: Reader, linking: Linking, text: Text, mentions: Sequence[dict[str, Any]], head_end: re.Pattern[str]
) -> Iterator[Row]:
    # Plain: with furniture marked, a headline or byline could be left unread, and its mention with it.
    article, _ = article_from_text(text.text, source=text.key, url=text.url, published=text.published, plain=True)
    note = reader.annotate(article)
    linker = linking.linker(note)
    for mention in mentions:
        start, end = mention["start"], mention["end"]
        if text.text[start:end] != mention["text"]:
            raise SystemExit(f"party_linking: {text.key} has no {mention['text']!r} at {start}")
        right = Answer(mention["kind"], mention["country"], mention.get("name"))
        at = start + _head(mention, head_end)
        yield Row(text.corpus, text.key, mention["text"], right, _linked(note, linker, at), _baseline(note, start, end))


def _head(mention: dict[str, Any], head_end: re.Pattern[str]) -> int:
    """Where the head of a mention ends: the word it says, else its last letter before a complement, else the last."""
    words: str = mention["text"]
    if "head" in mention:
        return words.index(mention["head"]) + len(mention["head"]) - 1
    joint = head_end.search(words)
    before = words[: joint.start()] if joint else words
    return max(i for i, letter in enumerate(before) if letter.isalnum())


def _linked(note: Annotated, linker: Linker, at: int) -> Answer:
    """What the phrase is that the word at an offset heads."""
    for sentence, token in _tokens(note):
        if token.start <= at < token.end:
            return _answer(linker.parties(sentence, token))
    return Answer(NOTHING, None)


def _tokens(note: Annotated) -> Iterator[tuple[Sentence, Token]]:
    return ((sentence, token) for sentence in note.sentences for token in sentence)


def _answer(parties: Sequence[Party]) -> Answer:
    if not parties:
        return Answer(NOTHING, None)
    countries = {party.country for party in parties}
    return Answer(parties[0].kind, countries.pop() if len(countries) == 1 else None, parties[0].name)


def _baseline(note: Annotated, start: int, end: int) -> Answer:
    """The longest listed name of a party within the mention, else nothing."""
    inside = [m for m in note.mentions if m.party is not None and start <= m.start and m.end <= end]
    if not inside:
        return Answer(NOTHING, None)
    longest = max(inside, key=lambda m: (m.end - m.start, -m.start))
    assert longest.party is not None
    return _answer([party_of(longest.party, longest.start, longest.end, longest.text)])


MEASURES: dict[str, Callable[[Answer, Answer], bool]] = {
    "kind": lambda right, given: right.kind == given.kind,
    "country": lambda right, given: right.land == given.land,
    "both": lambda right, given: (right.kind, right.land) == (given.kind, given.land),
}


def _print_tables(rows: list[Row]) -> dict[str, float]:
    print(f"{'':24}{'rows':>5}   linker: kind country  both   baseline: kind country  both")
    _print_line("all", rows)
    for corpus in dict.fromkeys(row.corpus for row in rows):
        _print_line(corpus, [row for row in rows if row.corpus == corpus])
    for kind, _ in Counter(row.right.kind for row in rows).most_common():
        _print_line(kind, [row for row in rows if row.right.kind == kind])
    alone = [row for row in rows if row.right.land is None and row.right.kind != NOTHING]
    _print_line("no country (of parties)", alone)
    named = [row for row in rows if row.right.kind == "person" and row.right.name]
    shown = sum(_same_name(row.right.name, row.linked.name) for row in named)
    print(f"persons whose name is known: {shown} of {len(named)} linked to it")
    strict = _share(rows, lambda row: row.right.country == row.linked.country)
    print(f"country right with IGO and none kept apart: {strict:.3f}")
    figures = {name: round(_share(rows, lambda row, m=measure: m(row.right, row.linked)), 3)
               for name, measure in MEASURES.items()}
    said = [row for row in rows if row.linked.land is None and row.linked.kind != NOTHING]
    both = sum(row.linked.land is None for row in alone)
    f1 = 2 * both / (len(alone) + len(said)) if alone or said else 0.0
    print(f"no country: wanted for {len(alone)} parties, said of {len(said)}, both {both}; F1 {f1:.3f}")
    return figures | {"no_country_f1": round(f1, 3), "rows": len(rows)}


def _print_line(name: str, rows: list[Row]) -> None:
    shares = [_share(rows, lambda row, m=measure, g=given: m(row.right, getattr(row, g)))
              for given in ("linked", "baseline") for measure in MEASURES.values()]
    cells = "{:>15.3f}{:>8.3f}{:>6.3f}{:>17.3f}{:>8.3f}{:>6.3f}".format(*shares)
    print(f"{name:24}{len(rows):>5}{cells}")


def _share(rows: Sequence[Row], true: Callable[[Row], bool]) -> float:
    return sum(map(true, rows)) / len(rows) if rows else 0.0


def _same_name(right: str | None, given: str | None) -> bool:
    """Whether two names of a person end in the same word."""
    return bool(right and given) and _last(right or "") == _last(given or "")


def _last(name: str) -> str:
    return re.sub(r"['’]s?$", "", name.casefold()).split()[-1]


def _print_errors(rows: Iterable[Row], number: int) -> None:
    wrong = [row for row in rows if not MEASURES["both"](row.right, row.linked)]
    kinds = Counter((r.right.kind, r.linked.kind) for r in wrong if r.right.kind != r.linked.kind)
    lands = Counter((r.right.land, r.linked.land) for r in wrong if r.right.land != r.linked.land)
    for title, found in (("kind", kinds), ("country", lands)):
        print(f"commonest confusions of {title}, right -> given:")
        for (right, given), count in found.most_common(number):
            print(f"  {count:>3}  {right} -> {given}")
    for row in wrong:
        print(f"{row.corpus} {row.key[-40:]}: {row.text!r} {row.right.kind} {row.right.country}"
              f" -> {row.linked.kind} {row.linked.country} ({row.linked.name})")


if __name__ == "__main__":
    raise SystemExit(main())
