"""Booklets from outside: asked for, made once, kept until the content changes, and never more than is public."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Page, PageViewRestriction

from dfs_pages.exporters.booklets import making, shelf
from dfs_pages.models import BookletFile
from dfs_workflow.models import ContentVersion

pytestmark = pytest.mark.usefixtures("content")
FILE = "/en/recommendations/sim-swap.{}"
CHAPTER = {"path": "recommendations/sim-swap", "language": "en"}


@pytest.fixture
def worker(django_capture_on_commit_callbacks: Any) -> Iterator[Any]:
    """Does what was queued when it is called; until then everything waits."""

    def ask(client: Client, address: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.get(address, follow=True)

    return ask


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A quick renderer that counts what it draws."""
    done: list[str] = []

    def render(booklet: Any) -> bytes:
        done.append(booklet.sha256)
        return f"{len(done)} {booklet.title}".encode()

    monkeypatch.setitem(making.FORMATS, "pdf", making.Format("application/pdf", render))
    return done


def test_a_file_is_asked_for_made_and_downloaded(worker: Any, client: Client) -> None:
    first = worker(client, FILE.format("docx"))
    assert first.redirect_chain == [("/en/recommendations/sim-swap.docx/progress/", 302)]
    assert "The file waits to be made." in first.content.decode()
    assert first["Cache-Control"] == "no-store"
    ready = client.get("/en/recommendations/sim-swap.docx/progress/").content.decode()
    assert "The file is ready." in ready
    assert 'href="/en/recommendations/sim-swap.docx"' in ready
    file = client.get(FILE.format("docx"))
    assert file["Content-Disposition"] == 'attachment; filename="sim-swap-en.docx"'
    assert zipfile.ZipFile(io.BytesIO(file.content)).testzip() is None
    assert client.get(FILE.format("docx"), headers={"If-None-Match": file["ETag"]}).status_code == 304


def test_a_pdf_comes_through_the_queue_in_arabic(worker: Any, client: Client) -> None:
    worker(client, "/ar/recommendations/sim-swap.pdf")
    reader = PdfReader(io.BytesIO(client.get("/ar/recommendations/sim-swap.pdf").content))
    assert reader.trailer["/Root"]["/Lang"] == "ar"  # type: ignore[index]


def test_the_archive_is_one_file_for_all_languages(worker: Any, client: Client) -> None:
    worker(client, FILE.format("zip"))
    assert client.get("/fr/recommendations/sim-swap.zip").content == client.get(FILE.format("zip")).content
    assert BookletFile.objects.get().language == ""


def test_a_file_is_made_once_until_its_content_changes(worker: Any, client: Client, drawn: list[str]) -> None:
    for _ in range(3):
        worker(client, FILE.format("pdf"))
    assert len(drawn) == 1
    ContentVersion.bump()  # something else was published
    assert client.get(FILE.format("pdf")).status_code == 302
    worker(client, FILE.format("pdf"))
    assert client.get(FILE.format("pdf")).status_code == 200
    assert len(drawn) == 1  # the same content, so the same file
    Page.objects.filter(title="Verify biometrics before a swap").update(title="Verify faces")
    ContentVersion.bump()
    worker(client, FILE.format("pdf"))
    assert len(drawn) == 2


def test_what_was_hidden_is_no_longer_given_out(worker: Any, client: Client, drawn: list[str]) -> None:
    worker(client, FILE.format("pdf"))
    assert client.get(FILE.format("pdf")).status_code == 200
    page = Page.objects.get(slug="sim-swap", locale__language_code="en")
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page, restriction_type="login")])
    assert client.get(FILE.format("pdf")).status_code == 404
    assert client.get(FILE.format("pdf") + "/progress/").status_code == 404
    row = BookletFile.objects.get()
    BookletFile.objects.update(state="waiting")
    shelf.make(row.pk)  # what waited when it was hidden
    assert not BookletFile.objects.exists()


@pytest.mark.parametrize("path", ["nothing.pdf", "about.pdf", "r/SIM-MNO-03.pdf", "e/2099-1.pdf", "controls.exe"])
def test_there_is_nothing_else_to_download(path: str, client: Client) -> None:
    assert client.get(f"/en/{path}").status_code == 404
    assert not BookletFile.objects.exists()


def test_nobody_can_queue_a_thousand(client: Client, settings: Any) -> None:
    settings.DFS_PAGES_BOOKLETS_WAITING = 2
    kinds = ["pdf", "docx", "epub"]
    answers = [client.get(FILE.format(kind), follow=True) for kind in kinds for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 503, 503]
    assert answers[-1]["Retry-After"] == "20"
    assert "Wait a minute, then try again." in answers[-1].content.decode()
    assert BookletFile.objects.filter(state="waiting").count() == 2
    settings.DFS_PAGES_BOOKLETS_WAITING, settings.DFS_PAGES_BOOKLETS_PER_HOUR = 100, 5
    cache.clear()
    paths = [f"/{code}/{name}.pdf" for name in ("recommendations", "controls") for code in ("en", "fr", "ar")]
    assert [client.get(path, follow=True).status_code for path in paths] == [200, 200, 200, 200, 200, 503]


def test_a_renderer_that_dies_is_tried_once_more_then_reported(
    worker: Any, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []

    def dying(booklet: Any) -> bytes:
        tried.append(1)
        raise MemoryError("the machine is full")

    monkeypatch.setitem(making.FORMATS, "pdf", making.Format("application/pdf", dying))
    worker(client, FILE.format("pdf"))
    said = client.get(FILE.format("pdf"), follow=True)
    assert "The file could not be made, and the operator has been told." in said.content.decode()
    assert len(tried) == 2
    assert len([row for row in caplog.records if "could not be made" in row.getMessage()]) == 2
    BookletFile.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    worker(client, FILE.format("pdf"))
    assert len(tried) == 4


def test_a_worker_that_was_killed_is_not_waited_for_for_ever(worker: Any, client: Client, drawn: list[str]) -> None:
    client.get(FILE.format("pdf"), follow=True)
    BookletFile.objects.update(state="making", asked_at=timezone.now() - timedelta(hours=1))
    worker(client, FILE.format("pdf"))
    assert client.get(FILE.format("pdf")).status_code == 200


def test_old_files_are_forgotten(worker: Any, client: Client, drawn: list[str]) -> None:
    worker(client, "/en/controls.pdf")
    BookletFile.objects.update(asked_at=timezone.now() - timedelta(days=31))
    worker(client, FILE.format("pdf"))
    assert [row.path for row in BookletFile.objects.all()] == ["recommendations/sim-swap"]


def test_pages_say_where_they_can_be_downloaded(client: Client) -> None:
    for page, file in (
        ("/fr/", "/fr/index.epub"),
        ("/fr/recommendations/", "/fr/recommendations.pdf"),
        ("/fr/recommendations/sim-swap/", "/fr/recommendations/sim-swap.docx"),
        ("/en/controls/assurance-framework/", "/en/controls/assurance-framework.zip"),
    ):
        assert f'href="{file}"' in client.get(page).content.decode()
    assert client.get("/en/index.pdf", follow=True).status_code == 200
    assert BookletFile.objects.get().path == ""


def test_another_system_has_a_booklet_made(django_capture_on_commit_callbacks: Any, client: Client) -> None:
    before = client.get("/api/v1/booklets", CHAPTER).json()["items"]
    assert [(row["format"], row["state"]) for row in before] == [(kind, "absent") for kind in making.FORMATS]
    body = json.dumps({**CHAPTER, "format": "epub"})
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post("/api/v1/booklets", body, content_type="application/json")
    assert asked.status_code == 202
    made = client.post("/api/v1/booklets", body, content_type="application/json")
    assert (made.status_code, made.json()["state"]) == (200, "done")
    assert len(client.get(made.json()["url"]).content) == made.json()["size"]
    body = json.dumps({"path": "nothing", "format": "pdf"})
    assert client.post("/api/v1/booklets", body, content_type="application/json").status_code == 404
    assert client.get("/api/v1/booklets", {"path": "nothing"}).status_code == 404


@pytest.mark.parametrize("address", [FILE.format("pdf"), FILE.format("pdf") + "/progress/"])
def test_a_download_costs_few_queries(address: str, worker: Any, client: Client, drawn: list[str]) -> None:
    worker(client, FILE.format("pdf"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= 15
