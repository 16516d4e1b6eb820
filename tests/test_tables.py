"""Tables, mailboxes, documents and compressed files: each article once, under the names of its fields, truncation told."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from archives import PARAGRAPH, page
from tocsin.errors import InputError, UsageError
from tocsin.reading import Reading, read_pages
from tocsin.sources import FailedSource, RawPage, open_sources
from tocsin.sources.columns import parse_columns
from tocsin.sources.containers import READERS
from tocsin.sources.formats import formats, limits

STORY = {"text": PARAGRAPH, "title": "Howitzers for Latvia", "published": "2021-05-05", "url": "https://example.org/1"}


def met(path: Path, *columns: str) -> tuple[list[RawPage], list[str]]:
    found = list(open_sources([str(path)], columns=parse_columns(columns)))
    return ([item for item in found if isinstance(item, RawPage)],
            [str(item.error) for item in found if isinstance(item, FailedSource)])


def contents(pages: list[RawPage]) -> list[Any]:
    return [page.content for page in pages]


def test_every_kind_of_file_in_the_table_has_its_reader() -> None:
    assert {*formats().endings.values()} == {*READERS}


@pytest.mark.parametrize("line", [
    "text,title,published,url\n{text},{title},{published},{url}\n",
    "TITLE;Body;Date;Link\n{title};{text};{published};{url}\n",
    "headline\tcontent\tpublication_date\tsource_url\n{title}\t{text}\t{published}\t{url}\n",
])
def test_usual_columns_are_known_whatever_separates_them(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(line.format(**STORY | {"text": f'"{PARAGRAPH}"'}))
    pages, faults = met(path)
    assert (contents(pages), faults) == ([STORY], [])
    assert (pages[0].source, pages[0].place) == (f"{path}#2", "row 2")


def test_columns_can_be_named_and_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,lead,story,desk\nk7,Guns,Guns arrived.,world\n")
    assert "no column holds the text (columns found: 'id', 'lead', 'story', 'desk')" in met(path)[1][0]
    (found,), faults = met(path, "text=story", "title=lead")
    assert faults == []
    assert found.content == {"text": "Guns arrived.", "title": "Guns", "id": "k7", "desk": "world"}
    assert found.source == f"{path}#k7"
    (tmp_path / "a.jsonl").write_text(json.dumps({"story": "Guns arrived.", "n": 1}))
    assert contents(met(tmp_path / "a.jsonl", "text=story")[0]) == [{"text": "Guns arrived.", "n": 1}]


@pytest.mark.parametrize("given", ["story", "words=story", "text=", "=x"])
def test_what_names_no_field_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="FIELD=COLUMN"):
        parse_columns([given])


def test_rows_with_line_breaks_quotes_and_odd_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'text,title\n"Guns\n\narrived in ""Riga"".",A\n,\nCaf\xe9 closed.,B\n')
    assert contents(met(path)[0]) == [{"text": 'Guns\n\narrived in "Riga".', "title": "A"},
                                      {"text": "Café closed.", "title": "B"}]


def test_a_table_that_ends_within_quotes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,title\nGuns arrived.,A\n"Guns were se')
    pages, faults = met(path)
    assert len(pages) == 1
    assert "row 3: the table ends within quotation marks" in faults[0]


def test_a_row_that_never_ends_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,title\n"' + "x" * (limits().max_line_bytes + 10) + '",A\nGuns arrived.,B\n')
    pages, faults = met(path)
    assert "row 2" in faults[0]
    assert contents(pages)[-1]["title"] == "B"


def test_parquet_is_read_in_parts_and_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    day = __import__("datetime").date(2021, 5, 5)
    parquet.write_table(pyarrow.table({
        "id": [str(n) for n in range(200)], "maintext": [f"{PARAGRAPH} {n}" for n in range(200)],
        "date_publish": [day] * 200, "blob": [b"x"] * 200}), path)
    pages, faults = met(path)
    assert faults == []
    assert [page.source.rpartition("#")[2] for page in pages] == [str(n) for n in range(200)]
    assert pages[7].content == {"id": "7", "text": f"{PARAGRAPH} 7", "published": "2021-05-05"}
    content = path.read_bytes()
    (tmp_path / "b.parquet").write_bytes(content[:-50])
    assert "damaged or cut off" in met(tmp_path / "b.parquet")[1][0]
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert "pip install 'tocsin[parquet]'" in met(path)[1][0]


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_packed_files_are_read_and_say_where_they_break_off(tmp_path: Path, ending: str, pack: Any) -> None:
    lines = b"".join(json.dumps({"text": f"{PARAGRAPH} {n}"}).encode() + b"\n" for n in range(20_000))
    (tmp_path / f"a.jsonl{ending}").write_bytes(pack(lines))
    (tmp_path / f"a.html{ending}").write_bytes(pack(page("Guns")))
    (tmp_path / f"noname{ending}").write_bytes(pack(PARAGRAPH.encode()))
    assert len(met(tmp_path / f"a.jsonl{ending}")[0]) == 20_000
    assert [page.kind for page in met(tmp_path / f"a.html{ending}")[0]] == ["html"]
    assert contents(met(tmp_path / f"noname{ending}")[0]) == [PARAGRAPH.encode()]
    for name in (f"a.jsonl{ending}", f"a.html{ending}", f"noname{ending}"):
        content = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content[:-9])
        pages, faults = met(tmp_path / name)
        assert len(faults) == 1, name
        assert "cut off" in faults[0] or "damaged" in faults[0], name
        assert len(pages) > 10_000 if "jsonl" in name else pages == []  # lines are whole, a page would not be
    assert sorted(one.source.rpartition("/")[2] for one in open_sources([str(tmp_path)])
                  if isinstance(one, FailedSource)) == [f"a.html{ending}", f"a.jsonl{ending}"]


def message(subject: str, body: str, kind: str = "plain") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"] = subject, "Example Wire <news@example.org>"
    made["Date"] = "Wed, 05 May 2021 10:00:00 +0200"
    made.set_content(body, subtype=kind)
    return made


def test_a_message_becomes_an_article(tmp_path: Path) -> None:
    both = message("Howitzers for Latvia — morning brief", PARAGRAPH * 3)
    both.add_alternative(page("Brief", f"<p>{PARAGRAPH * 3}</p>").decode(), subtype="html")
    both.add_attachment(b"\0" * 100, maintype="application", subtype="octet-stream", filename="../../x")
    (tmp_path / "a.eml").write_bytes(both.as_bytes())
    (found,), faults = met(tmp_path / "a.eml")
    assert faults == []
    ((article, _),) = read_pages(found, Reading())
    assert article.title == "Howitzers for Latvia — morning brief"
    assert (article.publisher, article.published.value, article.published.basis) == ("Example Wire", "2021-05-05", "meta")
    assert "six howitzers" in article.text
    assert "=" not in article.text


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    parts = [message("One", f"{PARAGRAPH}\n\n>From here on it rained.\n"), message("Two", PARAGRAPH),
             message("Three", "<p>" + PARAGRAPH * 4 + "</p>", "html")]
    lines = [b"From news@example.org Wed May  5 10:00:00 2021\n" + one.as_bytes() + b"\n" for one in parts]
    path = tmp_path / "a.mbox"
    path.write_bytes(b"".join(lines))
    pages, faults = met(path)
    assert faults == []
    assert [page.stated.title for page in pages] == ["One", "Two", "Three"]
    assert [page.source for page in pages] == [f"{path}#0", f"{path}#{len(lines[0])}", f"{path}#{len(lines[0] + lines[1])}"]
    assert "\nFrom here on it rained." in str(pages[0].content)
    path.write_bytes(b"From x Wed May  5 10:00:00 2021\n\n\n" + lines[1])
    assert len(met(path)[0]) == 1


@pytest.mark.parametrize("content", [b"", b"\n", b"Subject: x\n\n", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n",
                                     b"Content-Type: text/plain; charset=none-such\n\nx\xff", b"\0" * 500,
                                     b"Subject: =?utf-8?b?////?=\nContent-Type: image/png\n\nx"])
def test_a_message_without_a_text_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.eml").write_bytes(content)
    pages, faults = met(tmp_path / "a.eml")
    for one in pages:  # what is left of it is read or refused, with a reason
        try:
            read_pages(one, Reading())
        except InputError as error:
            faults.append(str(error))
    assert len(pages) + len(faults) >= 1


def pdf(lines: list[str], extra: str = "") -> bytes:
    """A document of one page with these lines."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 50 750 Td {shown} ET"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[3 0 R{extra}]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "<</Title(File 7)/CreationDate(D:20210505100000Z)>>"]
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out.encode()


LINES = ["Howitzers for Latvia", "Norway delivered six howitzers to Latvia on Monday, the ministry of defence in Riga",
         "said in a statement. The guns were unloaded in the port of Riga and are to be deliv-",
         "ered to the border troops.", "It is the third delivery this year."]


def test_a_document_with_a_text_layer_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    (tmp_path / "a.pdf").write_bytes(pdf(LINES))
    ((found,), faults) = met(tmp_path / "a.pdf")
    assert faults == []
    ((article, _),) = read_pages(found, Reading())
    assert article.title == "Howitzers for Latvia"
    assert article.published.value == "2021-05-05"
    assert "the ministry of defence in Riga said in a statement. The guns" in article.text
    assert "delivered to the border troops." in article.text


@pytest.mark.parametrize("content", [b"%PDF-1.4\n%%EOF", b"%PDF-", pdf([]), pdf(LINES)[:400],
                                     pdf(LINES).replace(b"/Contents 4 0 R", b"/Contents 3 0 R")])
def test_documents_without_one_or_with_loops_are_told(content: bytes) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(InputError, match=r"a\.pdf") as told:
        read_pages(RawPage("a.pdf", "pdf", content), Reading())
    assert "PDF document" in str(told.value) or "the document" in str(told.value)


def test_a_tree_of_pages_that_leads_back_to_itself_ends() -> None:
    pytest.importorskip("pypdfium2")
    ((article, _),) = read_pages(RawPage("a.pdf", "pdf", pdf(LINES, " 2 0 R 2 0 R")), Reading())
    assert article.text.count("six howitzers") == 1
