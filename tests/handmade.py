"""Results made by hand, for tests of what is shown: no language model, spans found by their words."""

from __future__ import annotations

import hashlib
from typing import Any

from tocsin.model import (
    Article,
    Block,
    Casualties,
    Coder,
    Count,
    EventPlace,
    EventTime,
    Materiel,
    Party,
    Problem,
    Published,
    Quote,
    Record,
    Relation,
    Result,
    Source,
)

TEXT = (
    "Norway hands Latvia six howitzers\n\n"
    "RIGA — Norway has delivered six howitzers and about 500 shells to Latvia, the Latvian defence ministry said on "
    "Tuesday. It denied that Norwegian troops had shelled a village.\n\n"
    "Photo: a howitzer on a lorry\n\n"
    "The two armies may train together near Riga in October."
)


def span(text: str, words: str, after: int = 0) -> dict[str, Any]:
    """Start, end and words of the first place where they stand."""
    start = text.index(words, after)
    return {"start": start, "end": start + len(words), "text": words}


def article(text: str = TEXT, **fields: Any) -> Article:
    """An article whose blocks are its paragraphs; one that begins with "Photo:" is a caption."""
    blocks, at = [], 0
    for number, part in enumerate(text.split("\n\n")):
        kind = "caption" if part.startswith("Photo:") else "headline" if number == 0 else "body"
        blocks.append(Block(start=at, end=at + len(part), kind=kind))
        at += len(part) + 2
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    base: dict[str, Any] = {
        "id": digest, "text_sha256": digest, "source": "made/by/hand.txt", "title": text.split("\n")[0], "text": text,
        "published": Published(value="2021-05-04", basis="user"), "language": "en", "blocks": tuple(blocks),
    }
    return Article(**(base | fields))


def party(text: str, words: str, name: str | None = None, country: str | None = None, kind: str = "state") -> Party:
    """A party whose words stand in the text."""
    return Party.model_validate({**span(text, words), "name": name or words, "country": country, "kind": kind})


def record(id_: str, type_: str, text: str, quote: str, roles: dict[str, tuple[Party, ...]], **fields: Any) -> Record:
    """A record whose evidence is the quote."""
    found = span(text, quote)
    base: dict[str, Any] = {
        "id": id_, "type": type_, "status": "occurred", "roles": roles, "confidence": 0.9,
        "evidence": (Quote(start=found["start"], end=found["end"], exact=quote),),
        "coder": Coder(name="hand", version="1", rule=f"{type_}/hand"),
    }
    return Record(**(base | fields))


def result() -> Result:
    """An article with a delivery, a denied attack and a possible exercise."""
    text = TEXT
    first = text[text.index("Norway has"):text.index(" It denied")]
    second = "It denied that Norwegian troops had shelled a village."
    third = "The two armies may train together near Riga in October."
    ministry = span(text, "the Latvian defence ministry")
    delivery = record(
        "r_1", "arms_transfer", text, first,
        {"supplier": (party(text, "Norway", country="NOR"),), "recipient": (party(text, "Latvia", country="LVA"),),
         "intermediary": ()},
        subtype="delivery",
        materiel=(
            Materiel.model_validate({**span(text, "six howitzers", 40), "class": "artillery", "use": "transferred",
                                     "count": Count(**span(text, "six", 40), min=6, max=6, kind="exact")}),
            Materiel.model_validate({**span(text, "about 500 shells"), "class": "ammunition",
                                     "count": Count(**span(text, "about 500"), min=500, max=500, kind="about")}),
        ),
        time=EventTime(edtf="../2021-05-04", latest="2021-05-04", basis="inferred"),
        attribution=(Source.model_validate({**ministry, "name": "Ministry of Defence of Latvia", "country": "LVA",
                                            "kind": "government_body", "verb": "said"}),),
        codes={"cameo": "072", "quad": 2}, confidence=0.93,
    )
    attack = record(
        "r_2", "armed_incident", text, second,
        {"initiator": (party(text, "Norwegian troops", country="NOR", kind="military"),),
         "target": (), "supporter": ()},
        subtype="shelling", status="denied", casualties=Casualties(killed=Count(min=3, kind="at_least")),
        relations=(Relation(kind="follows", record="r_1"),), confidence=0.4,
    )
    drill = record(
        "r_3", "military_exercise", text, third,
        {"participant": (party(text, "The two armies", "armies of Norway and Latvia", kind="military"),), "host": (),
         "adversary": ()},
        status="possible", time=EventTime(**span(text, "in October"), edtf="2021-10", earliest="2021-10-01",
                                          latest="2021-10-31", basis="stated"),
        places=(EventPlace.model_validate({**span(text, "Riga", text.index(third)), "name": "Riga", "country": "LVA",
                                           "precision": "town", "role": "near"}),),
    )
    return Result(article=article(publisher="The Daily Example"), records=(delivery, attack, drill),
                  problems=(Problem(stage="reading", message="the text has no byline"),))
