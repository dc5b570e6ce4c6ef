"""Whatever happens under /api/, another system gets an answer that it can read."""

import json

import pytest
from django.test import Client

from dfs_pages.api import router

PROBLEM = "application/problem+json"
DOCUMENTS = "/api/v1/mou/documents"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api", 404),
        ("GET", "/api/", 404),
        ("GET", "/api/v1", 404),
        ("GET", "/api/v1/", 404),
        ("HEAD", "/api/v1/", 404),
        ("GET", "/api/nope", 404),
        ("GET", "/api/v1/nope/", 404),
        ("POST", "/api/v1/nope", 404),
        ("GET", "/api/v1/recommendations/NOPE-1", 404),
        ("DELETE", "/api/v1/organisations", 405),
        ("POST", "/api/v1/openapi.json", 405),
        ("GET", DOCUMENTS, 405),
        ("GET", "/api/v1/organisations?nope=1", 422),
    ],
)
def test_a_refusal_is_a_problem(client: Client, db: None, method: str, path: str, status: int) -> None:
    response = client.generic(method, path)
    assert response.status_code == status
    assert response["Content-Type"] == PROBLEM
    if method != "HEAD":
        assert response.json()["status"] == status
        assert response.json()["detail"]
    if status == 405:
        assert response["Allow"]


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"\xff", 400), (b"[" * 90_000, 400), (b" " * 3_000_000, 413)]
)
def test_a_body_that_cannot_be_read_is_a_problem(client: Client, db: None, body: bytes, status: int) -> None:
    response = client.post(DOCUMENTS, body, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
    assert response.json()["status"] == status


def test_a_host_that_is_not_ours_is_a_problem(client: Client, db: None) -> None:
    response = client.get("/api/v1/organisations", headers={"host": "elsewhere.example"})
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)


def test_a_failure_is_a_problem_that_tells_nothing_of_itself(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr("dfs_workflow.api.page_of", fail)
    response = Client(raise_request_exception=False).get("/api/v1/organisations")
    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert "secret" not in response.content.decode()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("path", ["/api/v1/recommendations?limit=2", "/api/v1/openapi.json", "/api/v1/docs"])
def test_head_tells_of_an_answer_what_get_would(client: Client, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == get["Content-Type"]
    assert head["Content-Length"] == str(len(get.content))


@pytest.mark.django_db
def test_the_description_for_people_names_its_language_and_needs_no_script_to_say_what_it_is(client: Client) -> None:
    html = client.get("/api/v1/docs").content.decode()
    assert '<html lang="en">' in html and html.count("<main>") == 1
    assert 'href="/api/v1/openapi.json"' in html.split("<noscript>")[1].split("</noscript>")[0]


def test_the_api_describes_itself_and_its_errors(client: Client, db: None) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert {"/api/v1/recommendations", "/api/v1/controls", "/api/v1/glossary"} <= set(document["paths"])
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) >= len(router.path_operations)
    for operation in operations:
        errors = {status: answer for status, answer in operation["responses"].items() if not status.startswith("2")}
        assert "default" in errors
        assert all(list(answer["content"]) == [PROBLEM] for answer in errors.values()), operation["operationId"]
    made = document["paths"][DOCUMENTS]["post"]["responses"]["200"]["content"]
    assert {"application/json", "application/pdf", "text/html"} < set(made)
    assert json.dumps(document).count(PROBLEM) > len(operations)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_that_is_too_large_is_a_page_that_says_so(db: None, kind: str) -> None:
    body = b"state=" + b"x" * 3_000_000
    if kind.startswith("multipart"):
        body = b'--x\r\nContent-Disposition: form-data; name="state"\r\n\r\n' + body + b"\r\n--x--\r\n"
    client = Client(enforce_csrf_checks=True)  # this check is what reads a form first
    client.cookies["csrftoken"] = "x" * 32
    response = client.post("/fr/mou-builder/", body, content_type=kind)
    html = response.content.decode()
    assert response.status_code == 413
    assert "rien n’a été enregistré" in html
    assert '<main id="main"' in html and "/fr/glossary/" in html
