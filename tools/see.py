#!/usr/bin/env python3
"""Show what the coder makes of a sentence: its tree, clauses, frames tried and records, on few lines.

    python tools/see.py "Russia has sent 12 armoured vehicles to Tajikistan." [--published 2021-09-13] [--tree]
    echo "..." | python tools/see.py -        one text a line

`tocsin explain` shows a reader the same at leisure; this is for whoever changes frames.
"""

from __future__ import annotations

import argparse
import sys

from tocsin.evaluation.faults import compact
from tocsin.language.annotate import Annotated
from tocsin.reader import Reader
from tocsin.reading import article_from_text


def main() -> None:
    """Run from the command line."""
    options = _options()
    reader = Reader()
    for text in options.texts:
        for line in sys.stdin if text == "-" else [text]:
            if line.strip():
                show(reader, line.strip(), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", help="sentences; - reads them from standard input")
    parser.add_argument("--published", help="the article's day, YYYY-MM-DD")
    parser.add_argument("--tree", action="store_true", help="show every word with its head and label")
    parser.add_argument("--frames", action="store_true", help="show the frames tried, and why they failed")
    return parser.parse_args()


def show(reader: Reader, text: str, options: argparse.Namespace) -> None:
    """Print one text's reading."""
    article, _ = article_from_text(text, source="<see>", title=None, url=None, published=options.published, plain=True)
    note, trace = reader.trace(article)
    print(f"== {text}")
    if options.tree:
        _trees(note)
    for index, clauses in sorted(trace.clauses.items()):
        for clause in clauses:
            print(f"  {clause}")
        for attempt in trace.attempts.get(index, []) if options.frames else []:
            print(f"    ? {attempt}")
    for record in reader.read_article(article).records:
        print("  *", compact(record.model_dump(mode="json", by_alias=True)))


def _trees(note: Annotated) -> None:
    for sentence in note.sentences:
        for word in sentence:
            head = "ROOT" if word.head == word.i else sentence.tokens[word.head].text
            print(f"  {word.i:>3} {word.text:<18}{word.pos:<6}{word.tag:<5}{word.dep:<12}-> {head} {word.entity}")


if __name__ == "__main__":
    main()
