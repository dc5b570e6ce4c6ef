"""Kept answers are given without work and never outlive a publication."""

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dfs_pages.models import RecommendationPage
from dfs_site.kept_answers import BoundedMemoryCache
from dfs_workflow.gate import system_publication

PATH = "/en/r/SIM-MNO-03/"


def publish(title: str) -> None:
    page = RecommendationPage.objects.get(reference="SIM-MNO-03", locale__language_code="en")
    page.title = title
    with system_publication(reason="test"):
        page.save_revision().publish()


@pytest.mark.usefixtures("content")
class TestKeptAnswers:
    def test_a_kept_answer_reads_only_the_version(self, client: Client) -> None:
        client.get(PATH)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PATH).status_code == 200
        assert [query["sql"] for query in captured.captured_queries] == [
            "SELECT number FROM dfs_workflow_contentversion WHERE id = 1"
        ]

    def test_a_publication_is_seen_at_once(self, client: Client) -> None:
        client.get(PATH)
        client.get("/en/recommendations/sim-swap/")
        publish("Another title")
        assert "Another title" in client.get(PATH).content.decode()
        assert "Another title" in client.get("/en/recommendations/sim-swap/").content.decode()
        assert "Another title" in client.get("/api/v1/recommendations/SIM-MNO-03").content.decode()

    def test_an_etag_saves_the_body(self, client: Client) -> None:
        tag = client.get(PATH)["ETag"]
        again = client.get(PATH, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        publish("Another title")
        assert client.get(PATH, headers={"if-none-match": tag}).status_code == 200

    def test_people_who_are_signed_in_get_their_own_answers(self, client: Client) -> None:
        client.get(PATH)
        member = Client()
        member.force_login(User.objects.create_user("member"))
        assert "ETag" not in member.get(PATH).headers

    def test_forms_with_a_token_are_not_kept(self, client: Client) -> None:
        assert "ETag" not in client.get("/en/mou-builder/").headers

    def test_two_addresses_never_share_an_answer(self, client: Client) -> None:
        first = client.get("/en/search/?q=sim").content
        assert client.get("/en/search/?q=ussd").content != first
        assert client.get("/fr/search/?q=sim").content != first

    def test_a_port_or_a_wildcard_in_the_host_keeps_nothing(self, client: Client, settings: LazySettings) -> None:
        settings.ALLOWED_HOSTS = ["testserver", ".dfs.example"]
        settings.WAGTAILADMIN_BASE_URL = "http://dfs.example:8000"
        for host in ("testserver:81", "x1.dfs.example", "dfs.example:9000", "testserver:0080"):
            response = client.get("/api/v1/recommendations/SIM-MNO-03", headers={"host": host})
            assert response.status_code == 200
            assert "ETag" not in response, host
        for host in ("testserver", "TestServer", "dfs.example:8000", "dfs.example"):
            response = client.get("/api/v1/recommendations/SIM-MNO-03", headers={"host": host})
            assert "ETag" in response, host
            assert f'"http://{host}/en/r/SIM-MNO-03/"'.lower() in response.content.decode().lower()


def test_what_is_kept_is_bounded_by_bytes_and_by_number() -> None:
    kept = BoundedMemoryCache("bounded", {"OPTIONS": {"MAX_ENTRIES": 10, "MAX_BYTES": 10_000}})
    for number in range(8):
        kept.set(f"answer{number}", b"x" * 2000)
        kept.get("answer0")
    found = [number for number in range(8) if kept.get(f"answer{number}")]
    assert found == [0, 5, 6, 7]  # the first was asked for again and again
    kept.set("answer7", b"y" * 20_000)
    assert kept.get("answer7") is None
    for number in range(30):
        kept.set(f"small{number}", b"x")
    assert sum(kept.get(f"small{number}") is not None for number in range(30)) <= 10
