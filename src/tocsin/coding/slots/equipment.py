"""The equipment of a record: a line for each kind that the event's parts name.

In: a candidate and the annotated article. Out: lines of materiel whose spans slice to the text.
"""

from __future__ import annotations

from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.slots.by_side import lines_by_side
from tocsin.coding.slots.counts import count_of, to_count
from tocsin.language.annotate import Annotated
from tocsin.language.numbers.amounts import Number
from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence
from tocsin.model import Count, Materiel
from tocsin.syntax import Clause

MONEY = "military_aid_money"


def materiel_of(
    candidate: Candidate, note: Annotated, parts: tuple[str, ...], slots: tuple[str, ...], use: str | None
) -> list[Materiel]:
    """A line for each kind of equipment that the candidate's parts name."""
    sentence = candidate.clause.sentence
    lines: dict[tuple[int, int], Materiel] = {}
    named = [e for part in parts for e in candidate.parts.get(part, [])]
    named += [e for a in candidate.clause.get(*slots) for e in a.entities]
    before = {(e.start, e.end) for a in candidate.clause.get("comp") for e in a.entities}
    if candidate.clause.kind == "noun":
        own = note.interpreter.entity(sentence, candidate.clause.token)
        before.add((own.start, own.end))
        named.append(own)
        for kid in sentence.kids(candidate.clause.token, "compound") if use == "tested" else ():
            inner = note.interpreter.entity(sentence, kid)  # "its second SLBM test"
            if kid.i < candidate.clause.token.i and inner.materiel is not None:
                before.add((inner.start, inner.end))
                named.append(inner)
    if named:
        for entity in [*named, *_fired(named, sentence, note.interpreter)]:
            for member in _members(entity, sentence, note.interpreter):
                line = _whole(member, candidate.clause, line_of(member, note, use), note)
                for one in lines_by_side(member, line, note) if line is not None else ():
                    lines.setdefault((one.start, one.end), one)
    whole = [line for line in lines.values() if not any(_inside(other, line) for other in lines.values())]
    return _once(whole, before)


def _fired(named: list[Entity], sentence: Sentence, interpreter: Interpreter) -> list[Entity]:
    """ "killed by artillery fire": the weapon before a word for fire."""
    fire = [sentence.tokens[e.head] for e in named if "weapon_fire" in e.types and e.sentence == sentence.index]
    return [interpreter.entity(sentence, kid) for word in fire for kid in sentence.kids(word, "compound") if kid.i < word.i]


def _whole(entity: Entity, clause: Clause, line: Materiel | None, note: Annotated) -> Materiel | None:
    """ "Of the 31 tanks pledged, ten have arrived": what a participle on the whole tells is told of all 31."""
    sentence, head = clause.sentence, clause.sentence.tokens[entity.head]
    part = sentence.tokens[head.head]
    inside = clause.token.dep in ("acl", "acl:relcl") and clause.token.head == head.i and entity.sentence == sentence.index
    numbers = sentence.kids(head, "nummod")
    if line is None or not inside or not numbers or head.dep != "nmod" or part.pos != "NUM" or part.i < head.i:
        return line
    number = note.interpreter.number_at(numbers[0].start, numbers[0].end)
    return line.model_copy(update={"count": to_count(number)}) if number is not None else line


def _inside(inner: Materiel, outer: Materiel) -> bool:
    """Whether a line of the same class stands inside another's words ("arms" in "arms deliveries")."""
    within = outer.start <= inner.start and inner.end <= outer.end and inner is not outer
    return within and inner.class_ == outer.class_ and outer.count.min is None


def line_of(entity: Entity, note: Annotated, use: str | None) -> Materiel | None:
    """An entity's equipment as a line of materiel; aid told with its sum is money ("$20 million in military aid")."""
    gear = entity.materiel
    if gear is None:
        return None
    sentence = note.sentences[entity.sentence]
    sum_ = _sum_of(entity, sentence, note) if "aid" in gear.flags else None
    start = min(gear.start, sum_.start) if sum_ is not None else gear.start
    bundles = note.interpreter.lexicon.words("transfer_nouns")
    bundle = gear.class_ == "unspecified" and entity.lemma in bundles and entity.count is None  # "an arms package"
    return Materiel.model_validate(
        {
            "text": note.article.text[start : gear.end],
            "start": start,
            "end": gear.end,
            "designation": gear.designation,
            "class": MONEY if sum_ is not None else gear.class_,
            "count": Count() if "aid" in gear.flags or bundle else count_of(entity, sentence, note.interpreter.lexicon),
            "use": use,
        }
    )


def _sum_of(entity: Entity, sentence: Sentence, note: Annotated) -> Number | None:
    """The sum of money inside a phrase of aid, or right before it but for joining words."""
    gear, joints = entity.materiel, note.interpreter.lexicon.words("sum_joints")
    for number in note.numbers:
        if gear is None or number.unit is None or not (len(number.unit) == 3 and number.unit.isupper()):
            continue
        if gear.start <= number.start < gear.end:
            return number
        between = [t.lower for t in sentence if number.end <= t.start < gear.start]
        if sentence.start <= number.start < gear.start and len(between) <= 5 and joints.issuperset(between):
            return number
    return None


def _once(lines: list[Materiel], before: set[tuple[int, int]]) -> list[Materiel]:
    """Without what only repeats another line of its class: "the ICBM test of the Hwasong-14" tells of one missile.
    ``before`` are the phrases of the event noun itself and of the nouns before it."""
    told = {line.class_ for line in lines if (line.start, line.end) not in before}
    kept = [line for line in lines if (line.start, line.end) not in before or line.class_ not in told]
    names = [line.designation for line in kept]
    return [k for i, k in enumerate(kept) if not k.designation or k.designation not in names[:i]]


def _members(entity: Entity, sentence: Sentence, interpreter: Interpreter) -> list[Entity]:
    """The entity and what "including", "such as" or an apposition adds to it."""
    head = sentence.tokens[entity.head]
    found = [entity]
    above = sentence.parent(head)  # "$2 billion in aid, including a battery": below the sum
    whole = above if head.dep == "nmod" and above is not None and above.pos in ("SYM", "NUM") else None
    for kid in [*sentence.kids(head, "nmod", "appos"), *(sentence.kids(whole, "nmod") if whole is not None else ())]:
        case = " ".join(t.lower for t in sentence.kids(kid, "case"))
        if case == "with" or case in interpreter.lexicon.words("including"):
            found += interpreter.entities(sentence, kid)
    return found
