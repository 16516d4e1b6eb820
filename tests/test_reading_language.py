"""In which language a text is, and what becomes of one that is not English."""

from __future__ import annotations

import pytest

from tocsin.reading import article_from_text
from tocsin.reading.language import language_of


@pytest.mark.parametrize(("text", "language"), [
    ("Norway has sent six howitzers to Latvia.", "en"), ("NORWAY HAS SENT SIX HOWITZERS TO THE ARMY OF LATVIA", "en"),
    ("Norwegen hat sechs Haubitzen an die Streitkräfte von Lettland geliefert, teilte das Ministerium mit.", "de"),
    ("Норвегия передала Латвии шесть гаубиц, сообщило министерство обороны.", "ru"),
    ("Riga", None), ("", None), ("12 3 4", None),
])
@pytest.mark.parametrize("installed", [True, False])
def test_the_language_is_told_or_left_open(
    text: str, language: str | None, installed: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:
    if installed:
        pytest.importorskip("py3langid")
    else:
        monkeypatch.setattr("tocsin.reading.language._classifier", lambda: None)
    found = language_of(text)
    assert found == language or (not installed and found is None)


def test_another_language_is_a_problem_and_still_an_article() -> None:
    text = "Der Minister hat die Haubitzen und die Munition nach Lettland geliefert, wie er mitteilt."
    article, problems = article_from_text(text)
    assert article.language == "de"
    assert [problem.stage for problem in problems] == ["language"]
