"""When an event was: the time expression that hangs from the event's own words.

In: a candidate or clause and the annotated article. Out: the event's time, with its basis; empty where the text has none.
"""

from __future__ import annotations

from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.times.day_counts import counted_days
from tocsin.coding.times.edge_days import closing_day, opening_day
from tocsin.coding.times.event_time import stated_time, undated
from tocsin.coding.times.heads import hangs_from, head_of
from tocsin.coding.times.plan_days import announced_time, starting_day, to_come
from tocsin.coding.times.relative_days import by_relative
from tocsin.coding.times.remembered import day_years_ago
from tocsin.coding.times.spoken_days import spoken_time
from tocsin.coding.times.trailing import trailing
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.times import TimeExpression, find_recurrence
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventTime
from tocsin.syntax import Clause

_FOUGHT = ("armed_incident", "occurred")
_NOMINAL = ("NOUN", "PROPN", "ADJ")


def time_of(candidate: Candidate, note: Annotated) -> EventTime:
    """When: the time expression that hangs from the event's own predicate, else the bound that tense gives."""
    expression = attached_time(candidate.clause, note)
    if expression is None and (candidate.type, candidate.status) == _FOUGHT:
        expression = closing_day(candidate.clause, note) or opening_day(candidate.clause, note)
    expression = expression or spoken_time(candidate, note, _first_time)
    starts = starting_day(candidate, note)
    if starts is not None:
        return starts
    announced = announced_time(candidate, expression, note, _first_time, _head)
    if announced is not None:
        return announced
    if expression is not None and (candidate.type, expression.relation) == ("statement", "until"):
        expression = None  # "gave X until Saturday to leave": the term, not the day of the words
    if expression is not None:
        time = stated_time(expression, "planned" if _leads_ahead(candidate.clause) else candidate.status)
        time = day_years_ago(time, expression, candidate.clause.sentence, note)
        return to_come(time, expression, candidate, note)
    counted = counted_days(candidate.clause, note) if (candidate.type, candidate.status) == _FOUGHT else None
    return counted or undated(candidate.status, note)


def _head(clause: Clause, expression: TimeExpression) -> Token | None:
    return head_of(clause.sentence, expression.start, expression.end)


def _leads_ahead(clause: Clause) -> bool:
    """ "the withdrawal in September will leave a gap": a bare event noun as the subject of what is to come."""
    above = clause.operators[0] if clause.operators else None
    bare = clause.kind == "noun" and clause.support is None
    return bare and above is not None and above.tense == "future" and above.relation == "nsubj"


def attached_time(clause: Clause, note: Annotated) -> TimeExpression | None:
    """The first dated expression of the sentence whose words hang from the clause's predicate or its light verb."""
    own = {clause.token.i} | ({clause.support.i} if clause.support else set())
    words = note.interpreter.lexicon.words
    if clause.kind == "verb" and clause.lemma in words("topic_verbs") | words("talking_words"):
        found = _first_time(clause, own, note)
        head = head_of(clause.sentence, found.start, found.end) if found is not None else None
        return found if head is not None and head.head in own else None  # "discussed the summit in 2022"
    bearing = words("bearing_nouns")
    if any(a.token.lemma in bearing for a in clause.get("obj")):  # "claimed responsibility for Friday's attack"
        own |= {a.token.i for a in clause.get("for")}
    inner = clause.complement.token if clause.complement is not None else None
    if inner is not None and inner.dep == "xcomp" and inner.tag in ("VBN", "VBD"):
        own |= {inner.i}  # "ordered the consulate closed in October"
    found = _first_time(clause, own, note)
    token = clause.support or clause.token
    above = clause.sentence.parent(token)
    noun = above if token.dep == "acl" and above is not None and above.dep == "nsubj" else None
    if found is None and noun is not None and _takes_effect(clause.sentence, noun, note):
        found = _first_time(clause, {noun.head}, note)  # "a truce brokered by X came into force on Saturday"
    seen = clause.kind == "noun" and token.dep in ("obj", "nsubj:pass") and above is not None
    if found is None and seen and above is not None and above.lemma in note.interpreter.lexicon.words("detecting_verbs"):
        found = _first_time(clause, {above.i}, note)  # "detected the launch of a missile on 18 March"
    acting = clause.kind == "noun" and token.dep in ("nsubj", "nsubj:pass") and above is not None
    if found is None and acting and above is not None and above.lemma in note.interpreter.lexicon.words("event_effects"):
        found = _first_time(clause, {above.i}, note)  # "in 1983 the exercise alarmed Moscow"
    while found is None and _shares_time(clause.sentence, token, note):
        first = clause.sentence.parent(token)
        if first is None:
            break
        token = first
        found = _first_time(clause, {token.i}, note)
    for anchors in (_gathering(clause, note), _at_once(clause, note), _hurt_beside(clause, note), by_relative(clause, note)):
        found = found or _first_time(clause, anchors, note)
    return found or _deadline(clause, note) or trailing(clause, note)


def _deadline(clause: Clause, note: Annotated) -> TimeExpression | None:
    """ "ordered the withdrawal by 15 January": the term belongs to what is ordered, whichever the parse hangs it from."""
    above = clause.operators[0] if clause.operators else None
    bare = clause.kind == "noun" and clause.support is None
    if above is None or not bare or above.kind != "verb" or above.relation not in ("obj", "nsubj:pass"):
        return None
    found = _first_time(clause, {above.token.i}, note)
    return found if found is not None and found.relation == "by" else None


def _gathering(clause: Clause, note: Annotated) -> set[int]:
    """ "met on Thursday for their third summit": the summit is when they meet."""
    noun, sentence = clause.token, clause.sentence
    above = sentence.parent(noun)
    if clause.kind != "noun" or noun.dep != "obl" or above is None:
        return set()
    for_it = any(k.lower in ("for", "at", "in") for k in sentence.kids(noun, "case"))
    words = note.interpreter.lexicon.words  # "will be held at the summit on 9 July"
    held = above.lemma in words("holding_an_event") and case_of(sentence, noun) == "at"
    return {above.i} if held or (for_it and above.lemma in words("gathering_verbs")) else set()


def _at_once(clause: Clause, note: Annotated) -> set[int]:
    """What went on meanwhile has the same time: "detained two men while searching for a third on Monday", "killed a
    commander in an operation targeting a cell on Monday"."""
    sentence, words = clause.sentence, note.interpreter.lexicon.words
    found = set()
    for kid in sentence.kids(clause.token, "advcl", "obl"):
        marks = {m.lower for m in sentence.kids(kid, "mark", "case")}
        if kid.dep == "advcl" and kid.tag in ("VBG", "VBD") and marks & words("meanwhile_marks"):
            found.add(kid.i)
        elif kid.dep == "obl" and marks & words("during_prepositions"):
            found |= {v.i for v in sentence.kids(kid, "acl") if v.tag == "VBG"}
    return found


def _hurt_beside(clause: Clause, note: Annotated) -> set[int]:
    """ "ten were killed and thirty wounded in the blast on Friday": the day behind the second verb is that of both."""
    words = note.interpreter.lexicon.words
    hurting = words("hurt_verbs") | words("dying_verbs")
    hurt = [k for k in clause.sentence.kids(clause.token, "conj") if k.lemma in hurting and k.tag == "VBN"]
    return {k.i for k in hurt} if clause.lemma in hurting else set()


def _takes_effect(sentence: Sentence, noun: Token, note: Annotated) -> bool:
    """Whether a noun is what comes into force."""
    verb, words = sentence.tokens[noun.head], note.interpreter.lexicon.words
    effect = any(k.lemma in words("effect_nouns") for k in sentence.kids(verb, "obl", "obj"))
    return verb.lemma in words("effect_verbs") and effect


def _shares_time(sentence: Sentence, token: Token, note: Annotated) -> bool:
    """Coordinated predicates, a participle without a conjunction or beside what went on meanwhile, what begins, and what
    somebody becomes the first to do, are told of the time of the one above."""
    words = note.interpreter.lexicon.words
    if token.dep == "xcomp" and sentence.tokens[token.head].lemma in words("beginning_verbs"):
        return True  # "in 2015 it started supplying rebels"
    if _first_to(sentence, token, note) or (token.dep == "acl" and _first_to(sentence, sentence.tokens[token.head], note)):
        return True  # "on Monday it became the first state to recognise"
    marks = {k.lower for k in sentence.kids(token, "mark", "case")}
    bare = token.tag == "VBG" and token.dep == "advcl" and (not marks or bool(marks & words("meanwhile_marks")))
    when = token.dep in ("acl:relcl", "advcl") and any(k.lower == "when" for k in sentence.kids(token, "advmod", "mark"))
    own = token.dep == "conj" and token.tag == "VBN" and sentence.kids(token, "aux")  # "will send in May and has sent"
    return (token.dep == "conj" and not own) or bare or when


def _first_to(sentence: Sentence, noun: Token, note: Annotated) -> bool:
    verb = sentence.tokens[noun.head]
    becomes = noun.dep == "xcomp" and verb.lemma in note.interpreter.lexicon.words("becoming_verbs")
    return becomes and _counted(sentence, noun, note)


def _first_time(clause: Clause, anchors: set[int], note: Annotated) -> TimeExpression | None:
    """The first expression that hangs from one of the anchors; one that resolves is better than one that does not."""
    sentence = clause.sentence
    best: TimeExpression | None = None
    windows = [(sentence.start + r.start, sentence.start + r.end) for r in find_recurrence(_words(sentence, note))]
    for expression in note.times:
        if not sentence.start <= expression.start < sentence.end or not _dates(expression):
            continue
        if clause.reach is not None:  # "an Agni-P in June and a Pralay in December": its own time, wherever that hangs
            if clause.reach[0] <= expression.start < clause.reach[1]:
                return expression
            continue
        if any(start <= expression.start < end for start, end in windows):
            continue  # "the third time this month" does not say when
        head = head_of(sentence, expression.start, expression.end)
        if head is not None and _at_night(sentence, head, note):
            continue
        whole = head is not None and expression.text == head.text
        if head is not None and whole and (_of_a_name(sentence, head) or _dates_a_thing(sentence, head, anchors, note)):
            continue
        if head is not None and expression.relation == "since" and _counted_since(sentence, head, anchors, note):
            continue
        if head is not None and _of_a_superlative(sentence, head, expression, anchors):
            continue
        better = best is None or (best.earliest is None and expression.earliest is not None)
        if better and head is not None and hangs_from(sentence, head, anchors, note.interpreter.lexicon):
            best = expression
    return best


def _dates(expression: TimeExpression) -> bool:
    """Whether an expression tells when: "in the coming months" does, "for three months" and "every month" do not."""
    window = expression.timex3_type == "DURATION" and (expression.earliest or expression.latest)
    return expression.timex3_type in ("DATE", "TIME") or bool(window)


def _counted_since(sentence: Sentence, token: Token, anchors: set[int], note: Annotated) -> bool:
    """ "the first test since 2020", "the largest drill since May": from when it is counted, not when it was; "after a series
    of moves since April": those are as old."""
    noun = sentence.tokens[token.head]
    other = noun.i not in anchors and noun.dep in ("obl", "nmod") and token.dep == "nmod"
    above = sentence.parent(noun) if noun.pos == "VERB" and noun.dep == "acl" else None
    if above is not None and _counted(sentence, above, note):
        return True  # "the first envoy to visit it since 1979"
    return noun.pos in ("NOUN", "PROPN") and (other or _counted(sentence, noun, note))


def _counted(sentence: Sentence, noun: Token, note: Annotated) -> bool:
    ranked = note.interpreter.lexicon.words("ranked_adjectives")
    return any(k.tag == "JJS" or k.lower in ranked for k in sentence.kids(noun, "amod"))


def _at_night(sentence: Sentence, head: Token, note: Annotated) -> bool:
    """ "in an overnight operation on Monday": the day says when; "overnight" how."""
    within = head.lower == "overnight" and head.dep in ("amod", "compound")
    days = [t for t in note.times if sentence.start <= t.start < sentence.end and t.earliest is not None]
    return within and len(days) > 1


def _of_a_name(sentence: Sentence, token: Token) -> bool:
    """Whether a year is the end of a name ("Sea Breeze 2021"), no date."""
    before = sentence.tokens[token.i - 1] if token.i else token
    year = token.pos == "NUM" and len(token.text) == len("2021") and token.text.isdigit()
    return year and token.i != before.i and before.pos == "PROPN"


def _of_a_superlative(
    sentence: Sentence, token: Token, expression: TimeExpression, anchors: set[int]
) -> bool:
    """Whether a stretch of time is that within which something was the most ("the deadliest attack of the year")."""
    stretch = expression.earliest is None or expression.earliest != expression.latest
    current = token
    while stretch and (above := sentence.parent(current)) is not None and above.pos in _NOMINAL:
        words = [above, *sentence.kids(above, "amod", "advmod")]
        if any(k.tag in ("JJS", "RBS") or (k.pos == "ADJ" and k.lower.endswith("est")) for k in words):
            return True
        if above.i in anchors:
            return False  # "the expulsion in April was the largest"
        current = above
    return False


def _dates_a_thing(sentence: Sentence, token: Token, anchors: set[int], note: Annotated) -> bool:
    """Whether a year before a noun is that of the thing ("breached the 2015 deal"), not of what is done with it; what was
    done "during the 2008 war" has its year."""
    noun, words = sentence.tokens[token.head], note.interpreter.lexicon.words
    within = case_of(sentence, noun) in words("during_prepositions") and noun.lemma.lower() in words("dated_upheavals")
    named = token.pos == "NUM" and noun.i > token.i and noun.pos in ("NOUN", "PROPN") and noun.i not in anchors
    return named and not within


def _words(sentence: Sentence, note: Annotated) -> str:
    return note.article.text[sentence.start : sentence.end]
