"""Nobody is killed twice: "Salah was killed in a raid … Salah was killed by commandos in 2019" tell one killing.

In: a draft and those told before it. Out: the earlier draft that tells of the same person's death, where the doers told do
not differ.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft


def died_before(draft: Draft, before: list[Draft], deadly: frozenset[str]) -> Draft | None:
    """The earlier killing of the one person whom a draft tells to be killed. ``deadly`` are the words that tell a death."""
    names = _victim(draft, deadly)
    for earlier in reversed(before) if names else ():
        doers = earlier.countries("initiator"), draft.countries("initiator")
        same = any(a <= b or b <= a for a in names for b in _victim(earlier, deadly))
        if same and (not all(doers) or doers[0] & doers[1]):
            return earlier
    return None


def _victim(draft: Draft, deadly: frozenset[str]) -> list[frozenset[str]]:
    """The words of the name of the only victim of a killing, a person, by each name that he is known to have."""
    hit = draft.roles.get("target") or []
    if draft.type != "armed_incident" or draft.status != "occurred" or draft.candidate.clause.lemma not in deadly:
        return []
    if len({(p.start, p.end) for p in hit}) != 1 or any(p.kind != "person" for p in hit):
        return []
    names = [frozenset(word for word in p.name.split() if word[:1].isupper()) for p in hit]
    return [name for name in names if name]
