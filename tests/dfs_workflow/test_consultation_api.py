"""Consultations and adoptions in the API: what everybody sees on the site, and never more."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.documents.comment_form import Line
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Consultation, ConsultationAnswer
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import member, organisation, stewards
from tests.dfs_workflow.test_query_counts import questions

pytestmark = pytest.mark.django_db
CONSULTATIONS, ADOPTIONS = "/api/v1/consultations", "/api/v1/adoptions"
NOW = timezone.now()


@pytest.fixture
def manager(roles: Any) -> Any:
    return stewards()[0]


@pytest.fixture
def awa(roles: Any) -> Any:
    own = organisation("anrc", acronym="ANRC")
    own.countries.create(code="SN", name="Senegal")
    return member("awa", own, focal_slot=1)


def opened(manager: Any, chapter: Any, **fields: Any) -> Consultation:
    return actions.open_consultation(by=manager, page=chapter, title="Second draft", at=NOW, **fields)


def answered(by: Any, consultation: Consultation, *comments: str) -> list[ConsultationAnswer]:
    lines = [Line(clause="TST-2", kind="te", comment=comment, change="Must.") for comment in comments]
    actions.answer_consultation(by=by, consultation=consultation, lines=lines, at=NOW)
    return list(consultation.answers.all())


def closed(manager: Any, consultation: Consultation) -> None:
    for answer in consultation.answers.all():
        actions.dispose(by=manager, answers=[answer], outcome="rejected", reason="Not now.", at=NOW)
    Consultation.objects.filter(pk=consultation.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    actions.close_consultation(by=manager, consultation=consultation, at=NOW)


def close_to_readers(page: Any) -> None:
    with system_publication(reason="Set up for a test"):
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_answers_are_told_once_the_consultation_is_closed(manager: Any, awa: Any, chapter: Any) -> None:
    consultation = opened(manager, chapter)
    answered(awa, consultation, "Say more.")
    rival, address = member("rita", organisation("rival")), f"{CONSULTATIONS}/{consultation.pk}/answers"
    for client in (Client(), as_user(rival)):
        assert client.get(address).json()["items"] == [] and b"Say more" not in client.get(CONSULTATIONS).content
    assert [row["comment"] for row in as_user(awa).get(address).json()["items"]] == ["Say more."]
    (row,) = Client().get(f"{CONSULTATIONS}?state=open").json()["items"]
    assert (row["title"], row["answers"], row["closed_at"]) == ("Second draft", None, None)
    closed(manager, consultation)
    (row,) = Client().get(address).json()["items"]
    decided = row.pop("disposition")
    assert row == {
        "number": 1, "member": "SN ANRC", "clause": "TST-2", "kind": "te", "comment": "Say more.",
        "proposed_change": "Must.",
    }  # fmt: skip
    assert (decided["outcome"], decided["reason"], decided["link"]) == ("rejected", "Not now.", "")
    assert Client().get(f"{address}?outcome=accepted").json()["count"] == 0
    whole = Client().get(f"{CONSULTATIONS}/{consultation.pk}").json()
    assert (whole["state"], whole["answers"]) == ("closed", 1)
    assert [clause["reference"] for clause in whole["clauses"]] == ["TST-1", "TST-2", "TST-3"]
    assert [Client().get(f"{CONSULTATIONS}?state={state}").json()["count"] for state in ("open", "closed")] == [0, 1]
    assert b"awa" not in Client().get(address).content.lower()


def test_what_is_about_a_page_that_is_closed_to_somebody_is_not_there(
    manager: Any, awa: Any, chapter: Any, statement: Any
) -> None:
    first = opened(manager, statement)
    closed(manager, first)
    second = opened(manager, chapter, previous=first)
    row = actions.record_adoption(by=awa, page=statement, state="adopted", at=NOW)
    actions.approve_adoption(by=awa, adoption=row, at=NOW)
    about = f"{CONSULTATIONS}/{second.pk}"
    assert Client().get(about).json()["earlier_round"] == first.pk
    assert Client().get(ADOPTIONS).json()["count"] == 1
    close_to_readers(statement)
    assert Client().get(about).json()["earlier_round"] is None
    assert f"/consultations/{first.pk}/" not in Client().get(f"/en/consultations/{second.pk}/").content.decode()
    assert [Client().get(f"{CONSULTATIONS}/{first.pk}{more}").status_code for more in ("", "/answers")] == [404, 404]
    assert Client().get(ADOPTIONS).json()["count"] == 0 and as_user(awa).get(ADOPTIONS).json()["count"] == 1
    seen = as_user(awa), Client()
    assert [b"TST-1" in client.get(f"/en/consultations/{second.pk}/").content for client in seen] == [True, False]
    assert [len(client.get(about).json()["clauses"]) for client in seen] == [3, 2]
    close_to_readers(chapter)
    assert Client().get(CONSULTATIONS).json()["count"] == 0


def test_an_adoption_is_told_once_its_organisation_published_it(awa: Any, statement: Any) -> None:
    fields = {"instrument": "Decision 7/2026", "link": "https://anrc.example/7"}
    row = actions.record_adoption(by=awa, page=statement, state="adopted", at=NOW, **fields)
    assert Client().get(ADOPTIONS).json()["count"] == 0
    assert as_user(awa).get(ADOPTIONS).json()["items"][0]["published_at"] is None
    actions.approve_adoption(by=awa, adoption=row, at=NOW)
    (told,) = Client().get(f"{ADOPTIONS}?reference=tst-1&country=sn&state=adopted&organisation=anrc").json()["items"]
    assert told.pop("published_at") and told.pop("translation_key") == str(statement.translation_key)
    assert told == {
        "reference": "TST-1", "organisation": "anrc", "organisation_name": str(row.organisation),
        "countries": [{"code": "SN", "name": "Senegal"}], "state": "adopted", "date": None, **fields,
    }  # fmt: skip
    for query in ("reference=TST-2", "country=FR", "state=planned", "organisation=other"):
        assert Client().get(f"{ADOPTIONS}?{query}").json()["count"] == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{CONSULTATIONS}?state=nope", 422),
        (f"{CONSULTATIONS}?limit=101", 422),
        (f"{CONSULTATIONS}?by=awa", 422),
        (f"{CONSULTATIONS}/1", 404),
        (f"{CONSULTATIONS}/99999999999999999999999/answers", 404),
        (f"{ADOPTIONS}?state=nope", 422),
        (f"{ADOPTIONS}?country=XYZ", 422),
        (f"{ADOPTIONS}?approved_at=", 422),
        (f"{ADOPTIONS}?reference=%00", 422),
    ],
)
def test_what_it_does_not_know_is_a_problem(client: Client, home: Any, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert client.post(path.partition("?")[0]).status_code == 405


def test_no_cache_keeps_them_and_the_schema_names_them(client: Client, home: Any) -> None:
    for path in (CONSULTATIONS, ADOPTIONS):
        assert "no-store" in client.get(path)["Cache-Control"]
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {CONSULTATIONS, f"{CONSULTATIONS}/{{number}}", f"{CONSULTATIONS}/{{number}}/answers", ADOPTIONS} <= set(
        paths
    )
    assert {verb for path in paths if path.startswith((CONSULTATIONS, ADOPTIONS)) for verb in paths[path]} == {"get"}


def test_lists_cost_the_same_for_one_and_for_twenty(manager: Any, awa: Any, chapter: Any, statement: Any) -> None:
    consultation = opened(manager, chapter)

    def again(number: int) -> None:
        own = organisation(f"o{number}")
        own.countries.create(code="SN", name="Senegal")
        by = member(f"m{number}", own, focal_slot=1)
        row = actions.record_adoption(by=by, page=statement, state="planned", at=NOW)
        actions.approve_adoption(by=by, adoption=row, at=NOW)
        opened(manager, chapter)

    again(0)
    answers = answered(manager, consultation, *(f"Comment {n}" for n in range(20)))
    closed(manager, consultation)
    addresses = (CONSULTATIONS, f"{CONSULTATIONS}/{consultation.pk}/answers", ADOPTIONS)
    before = [asked(f"{address}?limit=1") for address in addresses]
    for number in range(1, 20):
        again(number)
    assert len(answers) == 20
    assert [asked(f"{address}?limit=20") for address in addresses] == before


def asked(address: str) -> int:
    assert Client().get(address).json()["items"]
    return questions(Client(), address)
