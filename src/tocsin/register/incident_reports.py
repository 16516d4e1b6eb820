"""The reports of an incident as its account takes them. In: numbers of records. Out: records with faces and articles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Connection

from tocsin.incidents.faces import from_json
from tocsin.incidents.reports import Report, outlet_name
from tocsin.model import Record
from tocsin.register.rows import read_rows

_LISTED = "(SELECT value FROM json_each(?))"
GROUP = "copy_group"  # the key of an article's own data that names the text of which it is a near copy


def read_reports(db: Connection, numbers: Sequence[int]) -> list[Report]:
    """Reports, in the order of the numbers."""
    here = json.dumps(list(numbers))
    faces = dict(db.execute(f"SELECT record, face FROM incident_face WHERE record IN {_LISTED}", (here,)))
    rows = read_rows(db, numbers)
    articles = json.dumps(sorted({article for _, article in rows}))
    copies: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for original, publisher, url, source in db.execute(
            f"SELECT duplicate_of, publisher, url, source FROM article WHERE duplicate_of IN {_LISTED} ORDER BY id",
            (articles,)):
        copies[original].append((outlet_name(publisher, url, source), source))
    groups = dict(db.execute(  # near copies, by their fullest text
        f"SELECT copy.article, article.article FROM copy JOIN copy_group ON copy_group.id = copy.copy_group"
        f" JOIN article ON article.id = copy_group.anchor WHERE copy.article IN {_LISTED}", (articles,)))
    known = {number: (name, title, source, url, publisher, published, json.loads(extra).get(GROUP) or groups.get(number))
             for number, name, title, source, url, publisher, published, extra in db.execute(
        f"SELECT id, article, title, source, url, publisher, published, extra FROM article WHERE id IN {_LISTED}",
        (articles,))}
    return [Report(Record.model_validate(data), from_json(faces[number]), *known[article][:6],
                   tuple(outlet for outlet, _ in copies[article]), tuple(source for _, source in copies[article]),
                   known[article][6])
            for number, (data, article) in zip(numbers, rows, strict=True)]
