"""Which answers a browser may keep for reading without a connection: those that are the same for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from dfs_site.offline import MARK
from tests.dfs_workflow.conftest import person

pytestmark = pytest.mark.django_db


def is_marked(path: str, client: Client | None = None) -> bool:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return MARK in answer


@pytest.mark.usefixtures("content")
def test_public_pages_are_marked_and_nothing_else_is() -> None:
    assert is_marked("/en/r/SIM-MNO-03/") and is_marked("/fr/recommendations/sim-swap/") and is_marked("/en/glossary/")
    assert is_marked("/en/r/SIM-MNO-03/")  # also the kept answer
    for path in ("/en/join/", "/en/accounts/login/", "/api/v1/recommendations", "/en/llms.txt"):
        assert not is_marked(path), path
    assert MARK not in Client().get("/en/no-such-page/")
    member = Client()
    member.force_login(person("member"))
    for path in ("/en/r/SIM-MNO-03/", "/en/account/"):
        assert not is_marked(path, member), path


def test_the_worker_knows_its_days_languages_and_files(client: Client, settings: LazySettings) -> None:
    settings.DFS_OFFLINE_DAYS = 12
    answer = client.get("/offline.js")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert (answer["Cache-Control"], answer["Service-Worker-Allowed"]) == ("no-cache", "/")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert '"days": 12' in text and "/static/dfs_workflow/look.css" in text
    assert '"zh-hans": {"title": ' in text and '"dir": "rtl"' in text


def test_switched_off_it_removes_itself_and_what_it_kept(
    client: Client, settings: LazySettings, content: Callable[[], Any]
) -> None:
    assert 'data-worker="/offline.js"' in client.get("/en/about/").content.decode()
    settings.DFS_OFFLINE_DAYS = 0
    text = client.get("/offline.js").content.decode()
    assert "unregister" in text and "caches.delete" in text and '"fetch"' not in text
    page = client.get("/en/about/?again=1")
    assert "data-worker" not in page.content.decode() and MARK not in page
