"""What `tocsin explain` says became of a frame that fits."""

from __future__ import annotations

import pytest

from tocsin import Reader
from tocsin.explanation import Explainer
from tocsin.knowledge.words import words
from tocsin.reading import article_from_text


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def outcomes(reader: Reader, text: str, number: int) -> dict[str, str]:
    article, _ = article_from_text(text, published="2023-05-02")
    tried = Explainer(reader, article).explain(number, words()).clauses
    return dict(frame for clause in tried for frame in clause.frames)


def test_a_record_that_stands_one_that_joins_it_and_one_that_is_given_up(reader: Reader) -> None:
    say = words()
    story = "Rockets hit a barracks in Gao, Mali. The attack on the barracks killed four Malian soldiers."
    assert say("explain.fired") in outcomes(reader, story, 1).values()
    assert say("explain.joined") in outcomes(reader, story, 2).values()
    alone = outcomes(reader, "Four people died in an attack on a hotel.", 1)
    assert say("explain.given_up") in alone.values()
    assert not {say("explain.fired"), say("explain.joined")} & set(alone.values())
