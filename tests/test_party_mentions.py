"""The hand-labelled party mentions, as far as they can be checked without the corpora, and how they are read and scored."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from tocsin.knowledge.loader import Tables
from tocsin.model import Party
from tocsin.model.base import PartyKind

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
import _mention_texts  # noqa: E402  (the benchmarks are scripts, no package)
import party_linking  # noqa: E402

DATA: dict[str, Any] = yaml.safe_load((ROOT / "benchmarks" / "party_mentions.yaml").read_text(encoding="utf-8"))
DRAW = yaml.safe_load((ROOT / "tools" / "draw_mentions.yaml").read_text(encoding="utf-8"))
ROWS = [(corpus, row) for corpus in _mention_texts.NAMES for row in DATA[corpus]]
COUNTED = [row for _, row in ROWS if not row.get("doubtful")]
JOINTS = re.compile(r",|\s(?:" + "|".join(DATA["joints"]) + r")\s")


UNSEEN: dict[str, Any] = yaml.safe_load(
    (ROOT / "benchmarks" / "party_mentions_unseen.yaml").read_text(encoding="utf-8")
)
UNSEEN_ROWS = [(corpus, row) for corpus in _mention_texts.UNSEEN for row in UNSEEN[corpus]]


def test_five_hundred_rows_count_and_few_are_doubtful() -> None:
    assert len(COUNTED) == 500
    assert len(ROWS) - len(COUNTED) <= 0.05 * len(COUNTED)


def test_kinds_are_those_of_the_codebook_and_none() -> None:
    assert {row["kind"] for row in COUNTED} == set(get_args(PartyKind)) | {"none"}


def test_countries_are_known_codes() -> None:
    known = {row["country"] for row in Tables().rows("parties/states.yaml")} | {"IGO", None}
    assert {row["country"] for _, row in ROWS} <= known


def test_what_is_no_party_has_neither_country_nor_name() -> None:
    none = [row for row in COUNTED if row["kind"] == "none"]
    assert 20 <= len(none) <= 35
    assert all(row["country"] is None and "name" not in row for row in none)


def test_offsets_fit_the_words_and_nothing_stands_twice() -> None:
    assert all(row["end"] - row["start"] == len(row["text"]) for _, row in ROWS)
    for key in {(corpus, row["file"]) for corpus, row in ROWS}:
        spans = sorted((row["start"], row["end"]) for corpus, row in ROWS if (corpus, row["file"]) == key)
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), key
        assert len(spans) <= 6, key


def test_words_do_not_come_too_often() -> None:
    words = Counter(row["text"].casefold() for _, row in ROWS)
    assert words.most_common(1)[0][1] <= 4
    pronouns = {word.casefold() for word in DRAW["pronouns"].split()}
    assert sum(words[word] for word in pronouns) <= 0.05 * len(ROWS)


def test_the_unseen_list_shares_no_article_with_the_first() -> None:
    assert len(UNSEEN_ROWS) == 100
    assert UNSEEN["joints"] == DATA["joints"]
    assert not {(corpus, row["file"]) for corpus, row in UNSEEN_ROWS} & {(corpus, row["file"]) for corpus, row in ROWS}
    assert len({(corpus, row["file"]) for corpus, row in UNSEEN_ROWS}) == 100  # one mention an article
    known = {row["country"] for row in Tables().rows("parties/states.yaml")} | {None}
    for _, row in UNSEEN_ROWS:
        assert row["end"] - row["start"] == len(row["text"])
        assert row["kind"] in {*get_args(PartyKind), "none"}
        assert row["country"] in known
        assert row["kind"] != "none" or (row["country"] is None and "name" not in row)


def test_only_a_few_words_are_kept() -> None:
    assert max(len(row["text"].split()) for _, row in ROWS) <= 9


@pytest.mark.parametrize(("words", "text"), [
    ("Greece 's navy ( its pride ) said : `` No . ''", "Greece's navy (its pride) said: ``No.''"),
    ('He said , " Go , " and went .', 'He said, "Go," and went.'),
    ("about $ 5 million , or 3 %", "about $5 million, or 3%"),
])  # fmt: skip
def test_tokens_are_put_back_into_prose(words: str, text: str) -> None:
    assert _mention_texts._joined(words.split()) == text


def test_the_three_corpora_are_read_with_their_keys(tmp_path: Path) -> None:
    (tmp_path / "wikinews_2019_2020").mkdir()
    (tmp_path / "wikinews_2019_2020" / "a.csv").write_text('url,date,title,text\nhttps://x/w/T,2020-01-02,T,"Body."\n')
    (tmp_path / "re3d" / "UK").mkdir(parents=True)
    (tmp_path / "re3d" / "UK" / "documents.json").write_text('{"_id": "1", "text": "Said."}\n')
    (tmp_path / "ecbplus" / "ECB+" / "1").mkdir(parents=True)
    (tmp_path / "ecbplus" / "ECB+" / "1" / "1_1ecb.xml").write_text("\n".join(_tokens(["http://x", "A title", "It is ."])))
    assert _mention_texts.absent(tmp_path) == []
    assert [(t.corpus, t.key, t.published, t.text) for t in _mention_texts.texts(tmp_path)] == [
        ("wikinews", "a.csv#T", "2020-01-02", "T\n\nBody."),
        ("re3d", "UK#1", None, "Said."),
        ("ecbplus", "1/1_1ecb.xml", None, "A title\n\nIt is."),
    ]
    assert len(_mention_texts.absent(tmp_path / "nowhere")) == 3


def _tokens(sentences: list[str]) -> Iterator[str]:
    number = 0
    for index, sentence in enumerate(sentences):
        for word in sentence.split():
            number += 1
            yield f'<token t_id="{number}" sentence="{index}" number="{number}">{word}</token>'


@pytest.mark.parametrize(("mention", "head"), [
    ({"text": "the government of Syria"}, "government"),
    ({"text": "Boris Johnson"}, "Johnson"),
    ({"text": "the minister, Mr. Roe"}, "minister"),
    ({"text": "a Bureau of Roads official", "head": "official"}, "official"),
])  # fmt: skip
def test_the_head_of_a_mention(mention: dict[str, Any], head: str) -> None:
    assert mention["text"][: party_linking._head(mention, JOINTS) + 1].endswith(head)


def test_parties_of_two_countries_have_none_and_bodies_of_states_likewise() -> None:
    one, other = (Party(start=0, end=1, text="x", name=c, kind="state", country=c) for c in ("GRC", "TUR"))
    assert party_linking._answer([one, other]).land is None
    assert party_linking._answer([one]).land == "GRC"
    assert party_linking.Answer("igo", "IGO").land is None
    assert party_linking._answer([]) == party_linking.Answer("none", None)
