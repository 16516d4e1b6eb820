"""A register with incidents, made by hand: a strike told by two papers, a gift promised and delivered, another strike."""

from __future__ import annotations

from pathlib import Path

from incidents_made import day, days, line, party, past, place, record, result, source
from tocsin.model import Record
from tocsin.register import Register


def strike(words_: str, killed: int, on: int = 0, status: str = "occurred", **fields: object) -> Record:
    return record(
        "armed_incident", words_, {"initiator": [party("RUS")], "target": [party("UKR")], "supporter": []},
        subtype="air_strike", status=status, time=days(day(on)), places=[place("Lviv", "UKR", lat=49.8, lon=24.0)],
        casualties={"killed": {"min": killed, "max": killed, "kind": "exact"}}, **fields)


def gift(words_: str, status: str, count: int, **fields: object) -> Record:
    return record("arms_transfer", words_, {"supplier": [party("DEU")], "recipient": [party("UKR")], "intermediary": []},
                  status=status, subtype="delivery", materiel=[line("tank", count, "Leopard 2")], **fields)


def struck(path: Path) -> Path:
    """A strike told with different tolls, a gift promised and delivered, and a strike of another month."""
    ministry = source("the defence ministry", "UKR")
    with Register(path) as register:
        register.add(result([strike("Five died in Lviv when drones struck a depot.", 5)], day(1), "post.txt", "The Post"))
        register.add(result([strike("Drones struck a depot in Lviv and killed seven.", 7, attribution=[ministry])], day(1),
                            "mail.txt", "The Mail"))
        register.add(result([gift("Germany will give Ukraine 14 Leopard 2 tanks.", "planned", 14)], day(1), "g1.txt"))
        register.add(result([gift("Germany has given Ukraine 14 Leopard 2 tanks.", "occurred", 14, time=past(day(20)))],
                            day(20), "g2.txt", "The Mail"))
        register.add(result([strike("A raid on Lviv killed one.", 1, 60)], day(61), "later.txt", "The Post"))
    return path


def named(path: Path) -> dict[str, str]:
    """The incidents by what they tell."""
    with Register(path, read_only=True) as register:
        found = list(register.incidents.find())
    assert [len(one.reports) for one in found] == [2, 2, 1]
    return {"gift" if one.type == "arms_transfer" else "later" if len(one.reports) == 1 else "strike": one.id
            for one in found}
