"""Whose proxies attack: "Iran's proxy militias" are not Iran's forces, Iran supports them.

In: a draft of an armed incident. Out: the same draft; doers told as somebody's proxies have no country of their own, and
whose they are is the supporter.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import party_of
from tocsin.model import Party


def tell_backers(draft: Draft, note: Annotated) -> None:
    """Move the state whose proxies act from the doer to the supporter, in place."""
    words = note.interpreter.lexicon.words("proxy_words")
    doers = draft.roles["initiator"]
    proxies = [p for p in doers if p.country and p.kind != "state" and words & set(p.text.lower().split())]
    for proxy in proxies:
        backer = _state_in(proxy, note)
        if backer is not None:
            doers[doers.index(proxy)] = proxy.model_copy(update={"country": None, "id": None, "name": proxy.text})
            if backer.country not in draft.countries("supporter"):
                draft.roles["supporter"].append(backer)


def _state_in(proxy: Party, note: Annotated) -> Party | None:
    """The state of a party that its own words name."""
    for mention in note.mentions:
        if proxy.start <= mention.start and mention.end <= proxy.end:
            for name in mention.parties:
                if name.country == proxy.country and name.sort in ("state", "nationality", "metonym"):
                    return party_of(name, mention.start, mention.end, mention.text)
    return None
