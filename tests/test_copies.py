"""Near copies: cut, edited and retitled texts are linked to their fullest, others are not, and weak links never add up."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.knowledge.words import words
from tocsin.model import Published
from tocsin.register import Register
from tocsin.register.copies import agency_of
from tocsin.register.copy_groups import difference, told
from tocsin.register.likeness import likeness, runs_of
from toy import toy_article, toy_result

NOUNS = ("howitzer", "frigate", "convoy", "harbour", "minister", "brigade", "depot", "radar", "bridge", "pilot", "border",
         "treaty", "factory", "engine", "rocket", "general", "valley", "capital", "island", "winter")
VERBS = ("reached", "left", "repaired", "inspected", "guarded", "praised", "crossed", "sold", "tested", "named")


def sentences(seed: int, count: int = 20) -> list[str]:
    """Sentences of a story that no other seed has."""
    draw = random.Random(seed)
    return [f"The {draw.choice(NOUNS)} {draw.choice(VERBS)} the {draw.choice(NOUNS)} near the {draw.choice(NOUNS)} while "
            f"the {draw.choice(NOUNS)} {draw.choice(VERBS)} a {draw.choice(NOUNS)} of number {draw.randrange(10_000)}."
            for _ in range(count)]


def text(parts: list[str]) -> str:
    return "\n".join(parts)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register(tmp_path / "r.db") as opened:
        yield opened


def add(register: Register, name: str, parts: list[str], **fields: Any) -> str:
    result = toy_result(text(parts), f"{name}.txt", **fields)
    register.add(result)
    return result.article.id


def members(register: Register, article: str) -> list[tuple[str, str]]:
    group = register.copy_group(article)
    return [(one.source.removesuffix(".txt"), one.kind) for one in group.members] if group else []


def test_cut_and_edited_texts_are_linked_whatever_their_headline(register: Register) -> None:
    whole = sentences(1)
    edited = [one.replace("near the", "not far from the") if number % 3 == 0 else one for number, one in enumerate(whole)]
    first = add(register, "whole", whole)
    add(register, "other", sentences(2))
    add(register, "cut60", whole[:12], title="Another headline")
    add(register, "cut30", whole[7:13])
    add(register, "edited", edited)
    add(register, "same", whole)
    assert members(register, first) == [
        ("whole", "same"), ("cut60", "cut"), ("cut30", "cut"), ("edited", "edited"), ("same", "same")]


def test_other_stories_are_not_linked_though_they_share_a_paragraph(register: Register) -> None:
    background = sentences(3, 5)
    ids = [add(register, str(seed), [*sentences(seed, 12), *background]) for seed in range(10, 20)]
    assert [members(register, one) for one in ids] == [[]] * 10


def test_a_fuller_text_that_comes_later_stands_for_the_group(register: Register) -> None:
    whole = sentences(4)
    short = add(register, "short", whole[:8])
    full = add(register, "full", whole)
    end = add(register, "end", whole[10:])  # shares nothing with the first
    group = register.copy_group(short)
    assert group is not None
    assert group.anchor == full
    assert members(register, end) == [("short", "cut"), ("full", "same"), ("end", "cut")]


def test_links_never_add_up(register: Register) -> None:
    """Each text has half of the one before: no two ends of the chain are alike, and no group spans it."""
    chain = sentences(5, 80)
    ids = [add(register, str(start), chain[start:start + 16]) for start in range(0, 64, 7)]
    for one in ids:
        group = register.copy_group(one)
        if group is not None:
            anchor = runs_of(register.article(group.anchor).text)
            assert all(likeness(runs_of(register.article(member.article).text), anchor)
                       for member in group.members if member.article != group.anchor)
    assert max((len(members(register, one)) for one in ids), default=0) <= 3


def test_a_changed_text_at_one_address_is_a_version_and_no_copy(register: Register) -> None:
    whole = sentences(6)
    for count in (10, 20):
        last = add(register, "a", whole[:count], url="https://example.org/a")
    assert register.copy_group(last) is None


def test_earliest_and_agency(register: Register) -> None:
    whole = sentences(7)
    days = {"late": "2021-05-09", "wire": "2021-05-04", "other": "2021-05-06"}
    for name, day in days.items():
        article = add(register, name, whole if name != "other" else whole[:15], published=Published(value=day, basis="meta"),
                      author="Reuters" if name == "wire" else None)
    group = register.copy_group(article)
    assert group is not None
    assert group.agency == "Reuters"
    assert next(one.source for one in group.members if one.article == group.earliest) == "wire.txt"
    assert agency_of(toy_article(f"{text(whole)}\nSource: Xinhua")) == "Xinhua"
    assert agency_of(toy_article("x", extra={"dateline": {"agency": "AP"}})) == "AP"
    assert agency_of(toy_article(text(whole), author="Ann Writer")) is None


def test_a_register_without_texts_links_by_its_samples(tmp_path: Path) -> None:
    whole = sentences(8, 60)
    with Register(tmp_path / "r.db", keep_text=False) as register:
        first = add(register, "whole", whole)
        add(register, "cut", whole[:36])
        add(register, "other", sentences(9, 60))
        assert [name for name, _ in members(register, first)] == ["whole", "cut"]
        assert register.copy_difference(first, first) is None


def test_phrases_that_everybody_uses_link_nothing(register: Register) -> None:
    phrase = "Sign up for our letter and read every morning what moves in the ports of the Baltic and beyond."
    ids = [add(register, str(seed), [*sentences(seed, 6), phrase]) for seed in range(100, 200)]
    assert all(register.copy_group(one) is None for one in ids)


def test_how_a_copy_differs_is_told(register: Register) -> None:
    whole = sentences(1)
    found = difference(("Another", text([*whole[:10], "It rained."])), ("Guns", text(whole)))
    assert (len(found.left_out), found.added, found.headline) == (10, ("It rained.",), True)
    said = told(found, "“Guns”", words())
    assert said.startswith("same text as “Guns” but for another headline, 10 sentences left out (“The ")
    assert said.endswith("1 sentence of its own (“It rained.”)")
    assert told(difference(("A", text(whole)), ("A", text(whole))), "“A”", words()) == "same text as “A”"


def test_the_command_shows_groups_and_one(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Register(path) as register:
        whole = ["Russia gives Latvia 7 tanks.", *sentences(1)]
        first = add(register, "whole", whole, title="Guns")
        alone = add(register, "alone", [whole[0], *sentences(2)])
        add(register, "cut", whole[:13], title="Six guns")
    run = CliRunner()
    shown = run.invoke(app, ["copies", "--register", str(path)]).stdout
    assert "2 copies of “Guns”" in shown
    assert "same text as “Guns” but for another headline, 8 sentences left out" in shown
    line = json.loads(run.invoke(app, ["copies", first, "--register", str(path), "--json"]).stdout)
    assert [one["kind"] for one in line["members"]] == ["same", "cut"]
    found = [run.invoke(app, ["find", "--copies-of", name, "--count", "--register", str(path)]).stdout.strip()
             for name in (first, alone, "nothing")]
    assert found == ["2", "1", "0"]
    assert "only one" in run.invoke(app, ["copies", alone, "--register", str(path)]).stdout
    assert run.invoke(app, ["copies", "nothing", "--register", str(path)]).exit_code != 0


def test_likeness_knows_parts_from_edits() -> None:
    whole = runs_of(text(sentences(1)))
    assert likeness(runs_of(text(sentences(1)[:9])), whole) is not None
    assert likeness(whole, whole).kind == "same"  # type: ignore[union-attr]
    assert likeness(whole, runs_of(text(sentences(1)[:9]))).kind == "longer"  # type: ignore[union-attr]
    assert likeness(runs_of(text(sentences(2))), whole) is None
    assert not runs_of("Too short to be compared.").order


def test_a_form_that_is_filled_in_anew_is_no_copy() -> None:
    form = ("The president declared that a disaster exists in {0} and ordered help for the people of {0} after the "
            "storms of {1}. Money will go to {0} for {2}. The governor of {0} asked for it on {1}. Residents of {2} "
            "in {0} can apply from {1} on. Further counties of {0} may follow when the damage in {2} has been seen.")
    one, other = form.format("Alaska", "3 May", "Nome County"), form.format("Georgia", "9 June", "the Peach counties")
    assert likeness(runs_of(one), runs_of(other)) is None
