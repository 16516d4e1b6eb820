"""Every word of a page stands in the catalogue: templates hold none, and neither do the islands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tocsin.web
from tocsin.knowledge.words import words

FOLDER = Path(tocsin.web.__file__).parent
SHARED = FOLDER.parent / "export" / "templates"
ISLANDS = FOLDER.parents[2] / "web" / "src"
SPOKEN = re.compile(r'\b(?:title|aria-label|placeholder|alt|label|value|data-label|data-busy|content)="([^"]*)"')
KEYS = re.compile(r"""(?:words|say|_say)\(\s*["']([\w.-]+)["']\s*[,)]""")
PLAIN = {"width=device-width, initial-scale=1", "light dark", "same-origin", "no-referrer", "yes",
         "columns",
         "accept", "reject", "comment", "undo", "save", "merge", "apart",
         "split"}  # the last are what a button does, as its form sends it


def templates() -> list[Path]:
    return sorted([*FOLDER.glob("templates/*.html"), *SHARED.glob("*.html")])


@pytest.mark.parametrize("file", templates(), ids=lambda file: f"{file.parent.parent.name}/{file.name}")
def test_a_template_holds_no_word(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    spoken = {part for part in SPOKEN.findall(text) if re.search("[A-Za-z]", part)} - PLAIN
    assert not spoken
    bare = re.sub(r"&\w+;", "", re.sub(r"<[^>]*>", "", text, flags=re.DOTALL))
    assert not re.findall(r"[A-Za-z]+", bare)


@pytest.mark.parametrize("file", [*templates(), *sorted(FOLDER.glob("*.py"))], ids=lambda file: file.name)
def test_every_key_has_its_words(file: Path) -> None:
    say = words()
    missing = [key for key in KEYS.findall(file.read_text(encoding="utf-8")) if say.get(key) is None]
    assert not missing


def test_every_entry_for_pages_is_used() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in [*templates(), *FOLDER.glob("*.py"),
                                                                    *(FOLDER.parent / "cli").glob("*.py")])
    made = ("web.nav_", "web.facet_", "web.filter_", "web.key_", "key.", "web.change_", "web.basis_", "web.error_",
            "web.api_", "web.about_", "web.review_which_", "web.review_order_", "web.review_go_", "web.incident_column_",
            "web.incident_kind_", "column.")
    catalogue = (FOLDER.parent / "knowledge" / "words.yaml").read_text(encoding="utf-8")
    keys = re.findall(r"^((?:web|serve)\.\w+):", catalogue, re.MULTILINE)
    assert len(keys) > 100
    assert [key for key in keys if not key.startswith(made) and not re.search(f"[\"']{key}[\"']", text)] == []


def test_the_islands_say_nothing_of_their_own() -> None:
    if not ISLANDS.is_dir():
        pytest.skip("the sources of the islands are not here (an installed package)")
    for file in ISLANDS.glob("*.ts"):
        code = re.sub(r"//.*", "", file.read_text(encoding="utf-8"))
        assert not re.search(r"(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*[\"'`]", code), file
        assert "innerHTML" not in code
