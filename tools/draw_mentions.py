#!/usr/bin/env python3
"""Draw candidates for the list of party mentions, to be labelled by hand (benchmarks/party_mentions.yaml).

In: ../shared/corpora (wikinews_2019_2020, re3d, ecbplus) and draw_mentions.yaml beside this file. Out: a JSON line for
each candidate: corpus, file, start, end, its words, and the words around it for the one who labels. The same seed draws
the same candidates. Nothing of Tocsin's own reading is used: candidates are runs of capitalised words, phrases that end
in one of a few head nouns, some pronouns, and in re3d the spans that corpus marks.

    python tools/draw_mentions.py --seed 8 > /tmp/candidates.jsonl
    python tools/draw_mentions.py --unseen --seed 28 > /tmp/candidates.jsonl

``--unseen`` draws from articles that the first list, the gold and the blind rounds leave free, for the list
``benchmarks/party_mentions_unseen.yaml``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "benchmarks"))
from _mention_texts import CORPORA, NAMES, Text, texts  # noqa: E402  (the benchmark and this tool read the texts one way)

WORDS = {name: line.split() for name, line in yaml.safe_load((HERE / "draw_mentions.yaml").read_text("utf-8")).items()}
DRAWN = {"wikinews": 250, "re3d": 190, "ecbplus": 200}  # more than the 200, 150 and 150 kept: some are no party
IN_ARTICLE = {"wikinews": 4, "re3d": 5, "ecbplus": 3}
DRAWN_UNSEEN = {"wikinews": 46, "ecbplus": 38, "releases": 42, "meantime": 24}
SAME_WORDS = 4
PRONOUNS = 0.05
HEADS_SHARE = 0.45
MARKED = ("Organisation", "Person", "Nationality", "MilitaryPlatform")
CAPITALISED = r"(?:(?:[A-Z]\.){2,}|[A-Z]\.(?= [A-Z])|[A-Z][\w-]*\w)"
Span = tuple[int, int]


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="draw candidates for the list of party mentions")
    options.add_argument("--seed", type=int, default=8)
    options.add_argument("--around", type=int, default=260, help="characters of context before the mention")
    options.add_argument("--unseen", action="store_true", help="draw from articles used nowhere else")
    chosen = options.parse_args()
    dice = random.Random(chosen.seed)
    for text, start, end in draw_unseen(dice) if chosen.unseen else draw(dice):
        before, after = text.text[max(0, start - chosen.around) : start], text.text[end : end + 110]
        row = {"corpus": text.corpus, "file": text.key, "start": start, "end": end, "text": text.text[start:end]}
        print(json.dumps({**row, "around": f"{before}[[{text.text[start:end]}]]{after}"}, ensure_ascii=False))
    return 0


def draw(dice: random.Random) -> Iterator[tuple[Text, int, int]]:
    """Article and span of each candidate, corpus by corpus."""
    marked = _marked()
    seen: Counter[str] = Counter()
    everything = [text for text in texts() if _wanted(text)]
    for corpus, number in DRAWN.items():
        articles = [text for text in everything if text.corpus == corpus]
        dice.shuffle(articles)
        yield from _from_articles(articles, number, marked, seen, dice)


def draw_unseen(dice: random.Random) -> Iterator[tuple[Text, int, int]]:
    """One candidate an article, of those that no list and no labels of ours have used."""
    used, seen = _used(), Counter[str]()
    for corpus, number in DRAWN_UNSEEN.items():
        free = [t for t in texts(names=(corpus,)) if not used & {t.key, t.key.split("#")[-1]} and _wanted(t, 1)]
        dice.shuffle(free)
        yield from _from_articles(free, number, {}, seen, dice, 1)


def _used() -> set[str]:
    """Keys of articles of the first list, of the blind rounds, and the addresses of the gold."""
    benchmarks = HERE.parent / "benchmarks"
    first = yaml.safe_load((benchmarks / "party_mentions.yaml").read_text(encoding="utf-8"))
    used = {row["file"] for corpus in NAMES for row in first[corpus]}
    used |= {yaml.safe_load(f.read_text(encoding="utf-8"))["where"]["key"].rsplit("/", 1)[-1]
             for f in benchmarks.glob("blind/*/*.yaml")}
    gold = {json.loads(f.read_text(encoding="utf-8"))["url"] for f in (CORPORA.parent / "gold").glob("*.meta.json")}
    for file in (CORPORA / "open_releases").glob("*.jsonl"):
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        used |= {row["id"] for row in rows if row["url"] in gold}
    return used | {url.rsplit("/", 1)[-1] for url in gold}


def _from_articles(
    articles: list[Text],
    number: int,
    marked: dict[str, list[Span]],
    seen: Counter[str],
    dice: random.Random,
    turns: int = 0,
) -> Iterator[tuple[Text, int, int]]:
    """Round after round one candidate of each article, until there are enough or no article may give another."""
    left, pronouns, taken = number, int(number * PRONOUNS), {text.key: [] for text in articles}
    for text in articles * (turns or IN_ARTICLE[articles[0].corpus]):
        free = [s for s in _kinds(text, marked, pronouns > 0, dice) if not any(_meet(s, t) for t in taken[text.key])]
        free = [s for s in free if seen[_words(text, s)] < SAME_WORDS]
        if not free or not left:
            continue
        span = dice.choice(free)
        taken[text.key].append(span)
        seen[_words(text, span)] += 1
        pronouns -= text.text[slice(*span)] in WORDS["pronouns"]
        left -= 1
        yield text, *span


def _kinds(text: Text, marked: dict[str, list[Span]], pronouns: bool, dice: random.Random) -> list[Span]:
    """The candidates of one way of finding them, the way chosen by lot."""
    lot = dice.random()
    if pronouns and lot > 1 - PRONOUNS:
        return [m.span() for m in re.finditer(r"\b(?:" + "|".join(WORDS["pronouns"]) + r")\b", text.text)]
    if lot < HEADS_SHARE:
        return list(_headed(text.text))
    return marked[text.key] if text.corpus == "re3d" else list(_capitalised(text.text))


def _headed(text: str) -> Iterator[Span]:
    """Phrases that end in a head noun: (the) (Russian) (naval) forces."""
    determiner, modifier, head = (r"(?:" + "|".join(WORDS[n]) + r")" for n in ("determiners", "modifiers", "heads"))
    pattern = rf"\b(?:{determiner} )?(?:(?:{CAPITALISED}(?:[’']s?)?|{modifier}) ){{0,4}}{head}\b(?!-)"
    yield from (match.span() for match in re.finditer(pattern, text))


def _capitalised(text: str) -> Iterator[Span]:
    """Runs of capitalised words, links such as "of" inside, that are no dates and do not follow a word of place."""
    link = "|".join(WORDS["links"])
    for match in re.finditer(rf"\b{CAPITALISED}(?: (?:(?:{link}) ){{0,2}}{CAPITALISED})*", text):
        words = match.group().split()
        before = text[: match.start()].split()[-1:]
        starts = not before or before[0][-1] in ".!?:”\"" or "\n" in text[max(0, match.start() - 2) : match.start()]
        if set(words) & set(WORDS["not_names"]) or (before and before[0] in WORDS["places_before"]):
            continue
        if starts and len(words) == 1 and not re.search(rf"[a-z,] {re.escape(words[0])}\b", text):
            continue
        yield match.span()


def _marked() -> dict[str, list[Span]]:
    """The spans that re3d marks and that may be parties, by the key of the text."""
    spans: dict[str, list[Span]] = {}
    for file in sorted((CORPORA / "re3d").glob("*/entities.json")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["type"] in MARKED:
                spans.setdefault(f"{file.parent.name}#{row['documentId']}", []).append((row["begin"], row["end"]))
    return {key: sorted(set(found)) for key, found in spans.items()}


def _wanted(text: Text, words: int = 2) -> bool:
    """Whether parties are to be expected: all of re3d; of the others what has words of the list and is no interview."""
    found = set(WORDS["needed"]) & set(re.findall(r"[a-z]+", text.text))
    return text.corpus == "re3d" or (len(found) >= words and "((" not in text.text)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _words(text: Text, span: Span) -> str:
    return text.text[slice(*span)].casefold().removeprefix("the ")


if __name__ == "__main__":
    raise SystemExit(main())
