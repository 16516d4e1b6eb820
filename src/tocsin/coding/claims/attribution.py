"""On whose word: the chain of sources above a clause, nearest first.

In: a clause with its operators, or the roles of a draft. Out: sources with the verb that reports them. The article's own
voice is no source, neither is a release's issuer where it speaks as "we".
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.claims.announced import announced
from tocsin.coding.claims.asides import is_aside
from tocsin.coding.claims.quoted import quoted_by, sayings
from tocsin.coding.claims.status import StatusRules
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity, as_party
from tocsin.language.speakers import is_quoted
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party, Source
from tocsin.syntax import Clause, Operator

_SAYING = frozenset({"say", "deny", "announce_noun"})
_CONTENT = ("ccomp", "parataxis", "xcomp", "advcl")  # what is said as a clause
_THINGS = ("obj", "nsubj:pass")  # what is announced as a noun ("announced a withdrawal")


def sources_of(clause: Clause, rules: StatusRules, note: Annotated, told_by: str | None = None) -> list[Source]:
    """Who says what the clause tells. ``told_by`` is the slot of who does where the verb itself is one of telling ("the
    strength is put at 17,000 by the ministry")."""
    found: list[Source] = []
    if clause.kind == "verb" and clause.lemma in rules.announcing:  # "announced 12 launchers for": on his own word
        told_by = "subj"
    if told_by:
        announcers = [e for a in clause.get(told_by) for e in a.entities[:1] if e.parties]
        found += [_source(e.parties[0], clause.token.text, False) for e in announcers]
    for operator in clause.operators:
        if _reports(operator, rules) and not is_aside(clause, operator, note.interpreter.lexicon.words):
            found += _told_by(operator, clause.sentence, note)
    found += _according(clause, note)
    found = found or _headline_speaker(clause.sentence, note) or _speaker_of(clause.sentence, note)
    found = [_of_the_doer(source, clause, note) for source in found]
    distinct: dict[tuple[int, int, str], Source] = {}
    for source in found:
        distinct.setdefault((source.start, source.end, source.name), source)
    return list(distinct.values())


def _of_the_doer(source: Source, clause: Clause, note: Annotated) -> Source:
    """ "Armenia has received four jets, Defence Minister N said": an official of no named state speaks for the one state
    that acts in what he says."""
    if source.country is not None or source.kind != "person":
        return source
    states = {p.country for a in clause.get("subj") for e in a.entities for p in e.parties if p.kind == "state"}
    words = source.text.lower().split()
    official = any(w in note.interpreter.lexicon.words("home_offices") for w in words)
    if len(states) != 1 or not official:
        return source
    return source.model_copy(update={"country": states.pop()})


def voice_of(clause: Clause, rules: StatusRules, note: Annotated) -> list[Party]:
    """Whose words a clause is: its nearest source that is no outlet, else the issuer of the release; else nobody's."""
    for source in sources_of(clause, rules, note):
        together = _same_breath(source, clause, rules)
        if together:
            return together
        if source.kind != "media":
            words = {"start": source.start, "end": source.end, "text": source.text, "name": source.name}
            known = {"kind": source.kind, "country": source.country, "sector": None, "id": None}
            return [Party.model_validate(words | known)]
    issuer = note.interpreter.discourse.issuer
    if issuer is None or any(a <= clause.token.start < b for a, b in note.quotes):
        return []
    named = note.interpreter.discourse.named((issuer,))
    if named:
        return [named[0].model_copy(update={"kind": issuer.kind, "sector": issuer.sector})]
    token = clause.token
    return [issuer.model_copy(update={"start": token.start, "end": token.end, "text": token.text})]


def _same_breath(source: Source, clause: Clause, rules: StatusRules) -> list[Party]:
    """All who are the subject of the saying that gives a source ("the two officials said", "A and B said")."""
    for operator in clause.operators:
        if _reports(operator, rules) and operator.token.text == source.verb:
            told = [p for e in operator.subject for p in e.parties if p.kind != "media"]
            if len(told) > 1 and any(p.start == source.start for p in told):
                return told
    return []


def without_speakers(sources: Sequence[Source], speakers: Sequence[Party], pronouns: frozenset[str]) -> list[Source]:
    """The sources of a statement: who makes it is not his own source, under his name or as "we" and "I"."""
    own = {p.name for p in speakers} | {p.text for p in speakers}
    ours = {p.country for p in speakers if p.text.lower() in pronouns}
    return [s for s in sources if s.name not in own and not (s.country and s.country in ours)]


def _reports(operator: Operator, rules: StatusRules) -> bool:
    """Whether an operator tells who says it, not only what was said about ("reported on the progress of")."""
    if operator.kind != "verb":
        return False
    if operator.lemma in rules.sources:
        return operator.scope and operator.relation in (*_CONTENT, "obl")
    if operator.relation in _THINGS:
        return operator.scope and operator.lemma in rules.announcing and not operator.passive
    return operator.relation in _CONTENT and rules.class_of(operator) in _SAYING


def _told_by(operator: Operator, sentence: Sentence, note: Annotated) -> list[Source]:
    """The subject of a verb of saying; a paper or a "statement" where no party stands there."""
    found: list[Source] = []
    for entity in operator.subject:
        head = sentence.tokens[entity.head] if entity.sentence == sentence.index else None
        if head is not None and head.lower in note.interpreter.lexicon.words("pronouns_self"):
            found += _self(entity, head, operator, sentence, note)
        elif entity.parties:
            found.append(_source(entity.parties[0], operator.token.text, False))
        elif head is not None and _is_paper(head, note):
            found += _paper(entity, sentence, operator, note)
        elif head is not None and _is_voice(head, note) and (owners := note.interpreter.owners(sentence, head)):
            words = {"start": entity.start, "end": entity.end, "text": entity.text, "name": entity.text}
            found.append(_source(owners[0].model_copy(update=words), operator.token.text, False))  # "the U.N. mission said"
        elif head is not None and head.lemma in note.interpreter.lexicon.words("home_offices"):
            found.append(_source(as_party(entity, "person"), operator.token.text, False))  # "an aide to the president said"
        elif head is not None and _speaks(head, note):  # "analysts said": nobody named, but somebody
            found += [_source(p, operator.token.text, False) for p in _unknown(sentence, entity)]
    if not found and _by_nobody(operator, sentence, note):
        found = [_source(p, operator.token.text, False) for p in _last_speaker(sentence, note, _PEOPLE, _STRESSED)[:1]]
    return found


def _by_nobody(operator: Operator, sentence: Sentence, note: Annotated) -> bool:
    """ "It was stressed that": the official who spoke before goes on."""
    heads = [sentence.tokens[e.head].lower for e in operator.subject if e.sentence == sentence.index]
    stressed = operator.passive and operator.lemma in note.interpreter.lexicon.words("stressing_verbs")
    return stressed and all(head == "it" for head in heads)


def _speaks(head: Token, note: Annotated) -> bool:
    """Whether a noun is one for people, be they anybody's."""
    lexicon = note.interpreter.lexicon
    return head.pos == "NOUN" and (head.lemma in lexicon.roles or head.lemma in lexicon.words("speaking_nouns"))


def _is_paper(head: Token, note: Annotated) -> bool:
    """Whether a noun is something written or shown that tells by itself."""
    return head.lemma in note.interpreter.lexicon.words("source_papers") | note.interpreter.lexicon.words("paper_nouns")


def _is_voice(head: Token, note: Annotated) -> bool:
    """Whether a noun is a body that speaks for whom it belongs to ("the U.N. mission")."""
    return head.pos == "NOUN" and head.lemma in note.interpreter.lexicon.words("voice_bodies")


def _self(entity: Entity, head: Token, operator: Operator, sentence: Sentence, note: Annotated) -> list[Source]:
    """ "I", "we": in a release its own voice; in a quotation who is quoted, under the words that name him."""
    quoted = any(a <= head.start < b for a, b in note.quotes)
    if not quoted and sentence.paragraph not in note.interpreter.labels:
        return []
    named = _speaker_of(sentence, note) or [
        _source(p, operator.token.text, quoted) for p in note.interpreter.discourse.named(entity.parties)[:1]
    ]
    return named or [_source(p, operator.token.text, quoted) for p in entity.parties[:1]]


def _paper(entity: Entity, sentence: Sentence, operator: Operator, note: Annotated) -> list[Source]:
    """ "The statement said": the paper, of the country of who issued it, else of who spoke last before; else the paper
    alone ("records showed")."""
    head = sentence.tokens[entity.head]
    owners = note.interpreter.owners(sentence, head)
    if not owners and head.lemma in note.interpreter.lexicon.words("statement_nouns"):
        owners = list(_last_speaker(sentence, note))
    if not owners:
        return [_source(as_party(entity, "unidentified"), operator.token.text, False)]
    party = owners[0].model_copy(update={"start": entity.start, "end": entity.end, "text": entity.text})
    return [_source(party, operator.token.text, False)]


def _last_speaker(
    sentence: Sentence, note: Annotated, kinds: frozenset[str] | None = None, reach: int = 2
) -> tuple[Party, ...]:
    """Who said something last, at most ``reach`` sentences before: somebody of the kinds, or anybody but an outlet."""
    for other in reversed(note.sentences[max(0, sentence.index - reach) : sentence.index]):
        for _, entity in sayings(other, note):
            kind = entity.parties[0].kind if entity.parties else "media"
            if kind in kinds if kinds is not None else kind != "media":
                return entity.parties[:1]
    return ()


def _headline_speaker(sentence: Sentence, note: Annotated) -> list[Source]:
    """ "Talks will go on - President": who stands after the dash at the end of a headline says it."""
    if sentence.kind != "headline":
        return []
    dash = next((t for t in reversed(sentence.tokens) if t.text in ("-", "\u2013", "\u2014", "--")), None)
    if dash is None or not 0 < len(sentence.tokens) - 1 - dash.i <= _LONGEST_NAME:
        return []
    if note.article.text[dash.start - 1 : dash.start] not in (" ", "\u00a0"):
        return []
    for token in reversed(sentence.tokens[dash.i + 1 :]):
        for party in note.interpreter.entity(sentence, token).parties if token.pos in ("PROPN", "NOUN") else ():
            if party.kind in ("person", "government_body", "military"):
                return [_source(party, None, False)]
    return []


_PEOPLE = frozenset({"person"})
_STRESSED = 4  # sentences from who spoke to "it was stressed"
_IN_VIEW = "in the view of"
_LONGEST_NAME = 8  # words after the dash


def _speaker_of(sentence: Sentence, note: Annotated) -> list[Source]:
    """The speaker of a transcript's paragraph, or of a quoted sentence: who says something where its quotation begins or
    ends, else in the sentences beside it; who is told to speak behind a colon before paragraphs without marks."""
    label = note.interpreter.labels.get(sentence.paragraph)
    if label is not None:
        return [_source(p, None, True) for p in label[:1]]
    if not is_quoted(sentence, note.quotes):
        before = announced(sentence, note)
        return [_source(before[1].parties[0], before[0].text, True)] if before is not None else []
    said = quoted_by(sentence, note)
    return [_source(said[1].parties[0], said[0].text, True)] if said is not None else []


def _source(party: Party, verb: str | None, quoted: bool) -> Source:
    return Source(
        text=party.text,
        start=party.start,
        end=party.end,
        name=party.name,
        country=party.country,
        kind=party.kind,
        verb=verb,
        quoted=quoted,
    )


def _according(clause: Clause, note: Annotated) -> list[Source]:
    """ "According to X": on the clause or on any predicate above it; "X, citing Y" names Y behind X."""
    sentence, found = clause.sentence, []
    words = tuple(note.interpreter.lexicon.words("source_prepositions"))
    current: Token | None = clause.token
    for _ in range(len(sentence.tokens)):
        if current is None:
            break
        for kid in sentence.kids(current, "obl", "nmod", "advcl"):
            if _case(sentence, kid).startswith(words):
                for entity in note.interpreter.entities(sentence, kid):
                    named = entity.parties[:1] or _unknown(sentence, entity)
                    found += [_source(p, "according to", False) for p in named]
            elif kid.lemma in note.interpreter.lexicon.words("view_nouns") and _case(sentence, kid) in ("in", "by"):
                for owner in sentence.kids(kid, "nmod:poss"):  # "in Kyiv's account"
                    found += [_source(p, _IN_VIEW, False) for p in note.interpreter.entity(sentence, owner).parties[:1]]
        for citing in sentence.kids(current, "advcl"):
            if citing.tag == "VBG" and citing.lemma in note.interpreter.lexicon.words("citing_verbs"):
                for kid in sentence.kids(citing, "obj"):
                    found += [_source(p, citing.text, False) for p in note.interpreter.entity(sentence, kid).parties[:1]]
        current = sentence.parent(current)
    return found


def _unknown(sentence: Sentence, entity: Entity) -> Sequence[Party]:
    """A source that no table has ("the Stockholm institute SIPRI", "residents"): by its name where it is given one."""
    head = sentence.tokens[entity.head]
    if entity.sentence != sentence.index or head.pos not in ("NOUN", "PROPN") or entity.place is not None:
        return ()
    name = next((k.text for k in sentence.kids(head, "appos", "flat") if k.pos == "PROPN"), None)
    return (as_party(entity, "unidentified", name=name),)


def _case(sentence: Sentence, token: Token) -> str:
    return " ".join(t.lower for t in sentence.kids(token, "case", "mark"))
