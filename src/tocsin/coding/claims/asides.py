"""What stands beside a verb of saying and is none of its content: "after meeting the king, the minister said that …".

In: a clause and an operator above it. Out: whether the clause only tells what the speaker did before, after or meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.language.tokens import Token
from tocsin.syntax import Clause, Operator


def is_aside(clause: Clause, operator: Operator, words: Callable[[str], frozenset[str]]) -> bool:
    """Whether the way from the clause up to the verb of saying ends in a participle that tells when it was said."""
    if operator.relation != "advcl":
        return False
    current: Token | None = clause.support or clause.token
    while current is not None and current.head != operator.token.i and current.head != current.i:
        current = clause.sentence.parent(current)
    if current is None or not current.lower.endswith("ing") or current.dep != "advcl":  # "meeting" may pass for a noun
        return False
    marks = {k.lower for k in clause.sentence.kids(current, "mark")}
    return bool(marks & (words("ordering_marks") | words("meanwhile_marks")))
