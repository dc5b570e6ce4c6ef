"""Every public page costs at most fifteen queries uncached, and no more when its lists grow."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dfs_pages.models import CataloguePage, ChapterPage, ControlPage, IndexPage, RecommendationPage, ThreatPage
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.tree import create_pages

PAGES = [
    "/{}/",
    "/{}/recommendations/",
    "/{}/recommendations/sim-swap/",
    "/{}/recommendations/sim-swap/sim-mno/",
    "/{}/controls/",
    "/{}/controls/assurance-framework/",
    "/{}/controls/consumer-competence/",
    "/{}/r/SIM-MNO-03/",
    "/{}/r/SAF-T10/",
    "/{}/r/SAF-053/",
    "/{}/r/CCF-01/",
    "/{}/about/",
    "/{}/glossary/",
    "/{}/library/?kind=tool",
    "/{}/controls/start-operators/",
    "/{}/r/SAF-053/history/",
    "/{}/mappings/",
    "/{}/mappings/nist-sp-800-53-r5/",
    "/{}/mappings/nist-sp-800-53-r5/IA-2(1)/",
    "/{}/search/?q=sim",
    "/{}/no-such-page/",
]
MOST = 15


def queries(path: str, **headers: str) -> int:
    client = Client(headers=headers)
    client.get(path)  # warms what a process learns once: content types, the menu
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{path}{'&' if '?' in path else '?'}again=1")
    return len(captured)


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_its_budget(path: str, language: str) -> None:
    assert queries(path.format(language)) <= MOST


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("path", PAGES)
def test_an_answer_that_is_not_kept_costs_no_more(path: str) -> None:
    assert queries(path.format("en"), authorization="Bearer of-nobody") <= MOST


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_chosen_in_a_matrix_costs_one_query_more(language: str) -> None:
    path = f"/{language}/controls/assurance-framework/"
    assert queries(f"{path}?threat=SAF-T12&stakeholder=dfs_provider") == queries(path) + 1


def add_many(parent: Any, make: Callable[[int], Any]) -> None:
    with system_publication(reason="test"):
        create_pages(parent, [(make(number), []) for number in range(20)])
    cache.clear()


def recommendation(number: int) -> RecommendationPage:
    return RecommendationPage(
        title=f"Extra {number}", slug=f"extra-{number}", reference=f"XTR-{number:03d}", statement="Biometric.",
        audiences=["mno"], related=["SAF-053", "SAF-052"],
    )  # fmt: skip


def control(number: int) -> ControlPage:
    return ControlPage(
        title=f"Extra {number}", slug=f"extra-{number}", reference=f"XTC-{number:03d}", statement="Biometric.",
        stakeholders=["mno"], related=["SIM-MNO-03"],
    )  # fmt: skip


def threat(number: int) -> ThreatPage:
    return ThreatPage(title=f"Extra {number}", slug=f"extra-{number}", reference=f"XTT-{number:03d}")


def chapter(number: int) -> ChapterPage:
    return ChapterPage(title=f"Extra {number}", slug=f"extra-{number}", translation_key=uuid.uuid4())


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("path", "parent", "make"),
    [
        ("/{}/recommendations/sim-swap/", (ChapterPage, "sim-con"), recommendation),
        ("/{}/r/SIM-MNO-03/", (ChapterPage, "sim-mno"), recommendation),
        ("/{}/r/SAF-053/", (ChapterPage, "sim-con"), recommendation),
        ("/{}/r/SAF-T10/", (ThreatPage, "sim-attacks"), control),
        ("/{}/r/SAF-053/", (ThreatPage, "sim-attacks"), control),
        ("/{}/controls/assurance-framework/", (CataloguePage, "assurance-framework"), threat),
        ("/{}/controls/assurance-framework/?stakeholder=mno", (ThreatPage, "sim-attacks"), control),
        ("/{}/recommendations/", (IndexPage, "recommendations"), chapter),
        ("/{}/", (IndexPage, "recommendations"), chapter),
        ("/{}/search/?q=biometric", (ChapterPage, "sim-con"), recommendation),
    ],
)
def test_twenty_more_rows_cost_nothing(path: str, parent: Any, make: Any, language: str) -> None:
    place = parent[0].objects.filter(slug=parent[1], locale__language_code="en").order_by("path").first()
    before = queries(path.format(language))
    add_many(place, make)
    assert queries(path.format(language)) == before
