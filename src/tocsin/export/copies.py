"""Groups of copies as data: what ``tocsin copies --json`` and the API give.

In: a group of a register. Out: a dictionary; of each member what it is of the fullest text, and in what it differs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tocsin.knowledge.words import Words
from tocsin.register import Register
from tocsin.register.copy_groups import CopyGroup, told


def group_json(register: Register, group: CopyGroup, say: Words, *,
               compared: Collection[str] | None = None) -> dict[str, Any]:
    """The group. ``compared``: the articles whose differences are worked out, which reads their texts; all where none are
    given."""
    return {"group": group.id, "anchor": group.anchor, "earliest": group.earliest, "agency": group.agency, "members": [
        {"article": one.article, "title": one.title, "publisher": one.publisher, "published": one.published,
         "source": one.source, "kind": one.kind, "share": round(one.share, 3), "agency": one.agency,
         "told": told_of(register, one.article, group, say) if compared is None or one.article in compared else None}
        for one in group.members]}


def told_of(register: Register, article: str, group: CopyGroup, say: Words, name: str | None = None) -> str | None:
    """In what an article differs from the fullest of its group, in a sentence that calls that one by ``name`` (by its title
    where none is given); None for that one, and where texts are not kept."""
    if article == group.anchor:
        return None
    found = register.copy_difference(article, group.anchor)
    if found is None:
        return None
    whole = next(one for one in group.members if one.article == group.anchor)
    return told(found, f"\u201c{whole.title or whole.source}\u201d" if name is None else name, say)
