"""Kept answers are given without work and never outlive a publication."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dfs_pages.models import RecommendationPage
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
