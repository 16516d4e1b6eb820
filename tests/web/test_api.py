"""The API: answers as the OpenAPI document says, pages, ETags."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from starlette.testclient import TestClient

from tocsin.model import Result
from tocsin.register import Register
from tocsin.web.api import OPERATIONS

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def document(web: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = web.get("/api/v1/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def ids(demo: Path) -> dict[str, str]:
    with Register(demo, read_only=True) as register:
        row = next(iter(register.find(type="arms_transfer", limit=1)))
    return {"record": row.data["id"], "article": row.article.id, "party": "igo:NATO", "incident": row.data["id"]}


def test_the_document_is_a_valid_openapi_document(document: dict[str, Any]) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    OpenAPIV31SpecValidator(document).validate()  # type: ignore[arg-type]


def test_every_operation_is_in_the_document(document: dict[str, Any]) -> None:
    assert {(path, method.upper()) for path, found in document["paths"].items() for method in found} == {
        (f"/api/v1{one.path}", one.method) for one in OPERATIONS}


def check(document: dict[str, Any], name: str, value: Any) -> None:
    """The value against a schema of the document."""
    registry: Registry[Any] = Registry().with_resource(
        "urn:doc", Resource.from_contents(document | {"$schema": "https://json-schema.org/draft/2020-12/schema"}))
    jsonschema.Draft202012Validator({"$ref": f"urn:doc#/components/schemas/{name}"}, registry=registry).validate(value)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.method == "GET"], ids=lambda one: one.name)
def test_an_answer_is_as_the_document_says(web: TestClient, document: dict[str, Any], ids: dict[str, str],
                                           operation: Any) -> None:
    asked = {"sentence": "1"} if operation.name == "explain" else {}
    answer = web.get("/api/v1" + operation.path.format(**ids), params=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    check(document, operation.gives, answer.json())


def test_a_text_is_read(web: TestClient, document: dict[str, Any]) -> None:
    answer = web.post("/api/v1/try", json={"text": "Norway handed six howitzers to Latvia.", "published": "2021-05-05"})
    check(document, "Result", answer.json())
    assert answer.json()["records"][0]["type"] == "arms_transfer"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"text": 1}', b'{"text": ""}', b'{"colour": "red"}', b"{}",
                                  b'{"text": "x", "published": ""}', b'{"text": "x", "published": "2021-02-29"}',
                                  b'{"text": "x", "published": "soon"}', b'{"text": "x", "plain": "yes"}', b"1",
                                  b'{"text": "x", "url": ""}',
                                  json.dumps({"text": "x" * 70_000}).encode()])
def test_a_body_that_is_none_is_refused_with_advice(web: TestClient, document: dict[str, Any], body: bytes) -> None:
    answer = web.post("/api/v1/try", content=body)
    assert answer.status_code == 400
    check(document, "Error", answer.json())


@pytest.mark.parametrize("address", ["/api/v1/records/r_0", "/api/v1/articles/0", "/api/v1/articles/0/explain",
                                     "/api/v1/nothing", "/api/v1/records?colour=red", "/api/v1/articles?type=basing",
                                     "/api/v1/overview?page=2"])
def test_an_error_is_json_with_a_message(web: TestClient, document: dict[str, Any], address: str) -> None:
    answer = web.get(address)
    assert answer.status_code in (400, 404)
    assert answer.json()["status"] == answer.status_code
    check(document, "Error", answer.json())


def test_links_lead_through_all_records(web: TestClient) -> None:
    address, seen = "/api/v1/records?type=statement&limit=30", list[str]()
    while address:
        answer = web.get(address)
        page = answer.json()
        assert page["links"]["self"] == web.get(page["links"]["self"]).json()["links"]["self"]
        seen += [row["record"]["id"] for row in page["records"]]
        address = page["links"]["next"]
        assert ('rel="next"' in answer.headers["link"]) == bool(address)
    assert len(seen) == len(set(seen)) == page["total"]


def test_an_article_comes_whole(web: TestClient, demo: Path, ids: dict[str, str]) -> None:
    found = web.get(f"/api/v1/articles/{ids['article']}").json()
    with Register(demo, read_only=True) as register:
        article, records = register.article(ids["article"]), register.records(ids["article"])
    result = Result.model_validate(found["result"])
    assert (result.article, list(result.records)) == (article, records)
    assert found["versions"] == [ids["article"]]


@pytest.mark.parametrize("address", ["/", "/records?type=basing", "/try", "/api/v1/records", "/records.atom", "/parties/RUS",
                                     "/static/app.css"])
def test_what_the_client_has_is_not_sent_again(web: TestClient, address: str) -> None:
    first = web.get(address)
    tag = first.headers["etag"]
    again = web.get(address, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert web.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_method_that_is_none_is_told_those_that_are(web: TestClient) -> None:
    answer = web.put("/api/v1/try")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_head_has_the_headers_and_no_body(web: TestClient) -> None:
    answer = web.head("/api/v1/records")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]
