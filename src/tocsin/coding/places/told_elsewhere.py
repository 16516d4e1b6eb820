"""Where an event was, told in another sentence of its story: "The strike took place in X", "N, visiting X, survived".

In: a draft of an armed incident without a place, all drafts, the annotated article, the places of its sentences. Out: the
known place, or none. The sentence may be no other event's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.joining.stories import stories
from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.event_places import EventPlaces
from tocsin.language.names.mentions import NameMention
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms import Toponym
from tocsin.model import EventPlace
from tocsin.syntax.verbs import lemma_of

_REACH = 12  # sentences behind an event that may say where it took place


def place_told_elsewhere(
    draft: Draft, drafts: Sequence[Draft], note: Annotated, finder: EventPlaces
) -> Toponym | None:
    """The place of an incident that another sentence of its story tells."""
    if draft.type != "armed_incident" or draft.status != "occurred":
        return None
    story = story_of(draft, note)
    told = [*_took_place(draft, drafts, story, note), *harmed_elsewhere(draft, drafts, story, note)]
    for sentence, verb in told:
        found = finder.of(sentence, verb, known=True)
        if found is not None and found.toponym is not None:
            return found.toponym
    return None


def place_of_item(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> EventPlace | None:
    """The one town in which all other incidents of an item of a digest are, for one that goes on with them: "In the siege of
    X, …. Ten soldiers are killed while they answer the attack"."""
    story = story_of(draft, note)
    if draft.type != "armed_incident" or draft.status != "occurred" or len(stories(note)) == 1:
        return None
    inside, first = {s.index for s in story}, min(draft.sentences)
    before = [d for d in drafts if d is not draft and d.type == draft.type and inside & {*d.sentences}]
    places = [d.places[0] if d.places else None for d in before if min(d.sentences) < first]
    known = [p for p in places if p is not None and p.country is not None]
    if len({p.name for p in known}) != 1 or len(known) != len(places):
        return None
    points_back = known[0].precision in POINTS and any(_definite_attack(note.sentences[s], note) for s in draft.sentences)
    return known[0] if points_back or _hits_more(draft, note) else None


def _hits_more(draft: Draft, note: Annotated) -> bool:
    """ "Another person is killed": beside those of whom was told, and there, unless the words name a town, an area."""
    words = note.interpreter.lexicon.words
    tolls = [(c.text or "").lower() for c in (draft.casualties.killed, draft.casualties.wounded) if c is not None]
    elsewhere = any(t.lemma in words("place_nouns") for s in draft.sentences for t in note.sentences[s])
    return not elsewhere and any(not words("besides_words").isdisjoint(toll.split()) for toll in tolls)


def _definite_attack(sentence: Sentence, note: Annotated) -> bool:
    """ "the hotel attack", "the fighting": what was told before."""
    lexicon = note.interpreter.lexicon
    happening = (t for t in sentence if lexicon.noun_types(sentence, t) & lexicon.words("happening_types"))
    return any({k.lower for k in sentence.kids(t, "det")} & lexicon.words("definite") for t in happening)


def story_of(draft: Draft, note: Annotated) -> Sequence[Sentence]:
    """The sentences of the story that an event is told in."""
    return next((s for s in stories(note) if any(x.index in draft.sentences for x in s)), [])


def _took_place(
    draft: Draft, drafts: Sequence[Draft], story: Sequence[Sentence], note: Annotated
) -> Iterator[tuple[Sentence, Token]]:
    """ "The strike took place in X", of the last incident told before."""
    lexicon = note.interpreter.lexicon
    last = max(draft.sentences)
    for sentence in story:
        if not last < sentence.index <= last + _REACH:
            continue
        others = (d for d in drafts if d is not draft and d.type == draft.type)
        others = (d for d in others if d.subtype in (draft.subtype, "attack", None))
        if any(last < max(d.sentences) <= sentence.index for d in others):
            return
        for verb in sentence:
            if lemma_of(sentence, verb, lexicon) not in lexicon.words("took_place_verbs"):
                continue
            for noun in sentence.kids(verb, "nsubj"):
                the = {k.lower for k in sentence.kids(noun, "det")} & lexicon.words("definite")
                if the and noun.tag == "NN" and lexicon.noun_types(sentence, noun) & lexicon.words("happening_types"):
                    if sentence.kids(noun, "nmod"):
                        yield sentence, noun  # "the blast in X occurred as another one shook Y"
                    yield sentence, verb


def harmed_elsewhere(
    draft: Draft, drafts: Sequence[Draft], story: Sequence[Sentence], note: Annotated
) -> Iterator[tuple[Sentence, Token]]:
    """ "X was shot dead in Y", "X, who was visiting Y": where the one person hit was harmed, by his name."""
    names = {name for p in draft.roles["target"] if p.kind == "person" and (name := _surname(p.start, p.end, note))}
    if len(names) != 1:
        return
    name, words = names.pop(), note.interpreter.lexicon.words
    others = {s for d in drafts if d is not draft and d.type == draft.type for s in d.sentences}
    for sentence in story:
        if sentence.index in others:
            continue
        for token in sentence:
            if token.text != name:
                continue
            while token.dep in ("flat", "compound") and token.head != token.i:
                token = sentence.tokens[token.head]
            yield from ((sentence, v) for v in sentence.kids(token, "acl:relcl") if v.lemma in words("visiting_verbs"))
            verb = sentence.parent(token)
            harmed = verb is not None and verb.lemma in words("harm_verbs") | words("dying_verbs")
            if verb is not None and harmed and token.dep in ("nsubj", "nsubj:pass", "obj"):
                yield sentence, verb


def _surname(start: int, end: int, note: Annotated) -> str | None:
    """The last word of the person's name in a phrase; a state's or a body's name in it is none."""
    others = {(m.sentence, i) for m in note.mentions if not _person(m) for i in range(m.first, m.last + 1)}
    for sentence in note.sentences:
        if sentence.start <= start < sentence.end:
            named = [t for t in sentence if start <= t.start < end and t.pos == "PROPN" and t.text[:1].isupper()]
            named = [t for t in named if (sentence.index, t.i) not in others]
            return named[-1].text if named else None
    return None


def _person(mention: NameMention) -> bool:
    return mention.party is not None and mention.party.sort == "person"
