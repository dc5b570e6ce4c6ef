"""The register of adoptions: public only once the organisation itself published it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.models import Adoption
from dfs_workflow.reports import timeline
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import member, organisation, stewards
from tests.dfs_workflow.test_query_counts import questions

pytestmark = pytest.mark.django_db
REGISTER, RECORD = "/en/adoptions/", "/en/r/TST-1/adoption/"


def register(who: Any = None, query: str = "") -> str:
    return (as_user(who) if who else Client()).get(REGISTER + query).content.decode()


def test_a_line_is_public_only_once_its_own_focal_point_published_it(statement: Any, roles: Any) -> None:
    own = organisation("anrc")
    own.countries.create(code="SN", name="Senegal")
    awa, fanta = member("awa", own), member("fanta", own, focal_slot=1)
    rita, steward = member("rita", organisation("rival"), focal_slot=1), stewards()[0]
    data = {"state": "adopted", "instrument": "Decision 7/2026", "link": "https://anrc.example/7", "date": "2026-10-01"}
    assert "Enter a valid URL" in as_user(awa).post(RECORD, {**data, "link": "javascript:alert(1)"}).content.decode()
    as_user(awa).post(RECORD, data)
    row = Adoption.objects.get()
    publish = reverse("dfs_workflow:change_adoption", args=[row.pk])
    assert "Decision 7/2026" in register(awa) and "Not public yet" in register(awa)
    for who in (None, rita, steward):
        assert "Decision 7/2026" not in register(who)
    assert [as_user(who).post(publish).status_code for who in (awa, rita, steward)] == [403, 404, 404]
    as_user(fanta).post(publish)
    assert "Decision 7/2026" in register() and "Senegal" in register() and "Awa" not in register()
    assert "Decision 7/2026" in register(query="?country=SN&state=adopted")
    assert "Decision 7/2026" not in register(query="?state=planned")
    (line,) = timeline.lines(timeline.of_organisation(own).filter(action="adoption.published"))
    assert (line.by, line.title, line.why) == ("Fanta Example", "Statement 1", "adopted Decision 7/2026")
    assert timeline.of_page(statement.pk).filter(action="adoption.published").exists()
    as_user(rita).post(publish, {"withdraw": ""})
    assert Adoption.objects.count() == 1


def test_a_member_alone_neither_takes_out_nor_changes_what_is_public(statement: Any, roles: Any) -> None:
    own = organisation("anrc")
    awa, fanta = member("awa", own), member("fanta", own, focal_slot=1)
    row = actions.record_adoption(by=fanta, page=statement, state="adopted", instrument="Rule 7", at=timezone.now())
    actions.approve_adoption(by=fanta, adoption=row, at=timezone.now())
    public = reverse("dfs_workflow:change_adoption", args=[row.pk])
    assert as_user(awa).post(public, {"withdraw": ""}).status_code == 403 and "Rule 7" in register()
    assert public not in register(awa) and public in register(fanta)
    for instrument in ("Rule 8", "Rule 9"):
        assert "Rule 7" in as_user(awa).get(RECORD).content.decode() or instrument == "Rule 9"
        as_user(awa).post(RECORD, {"state": "adopted", "instrument": instrument})
    assert "Rule 9" in as_user(awa).get(RECORD).content.decode()
    assert "Rule 7" in register() and "Rule 9" not in register() and "Rule 9" in register(awa)
    waiting = Adoption.objects.get(approved_at=None)
    change = reverse("dfs_workflow:change_adoption", args=[waiting.pk])
    stale = as_user(fanta).post(change, {"seen": row.recorded_at.isoformat()})
    assert stale.status_code == 409 and "look at it again" in stale.content.decode() and "Rule 7" in register()
    as_user(fanta).post(change, {"seen": waiting.recorded_at.isoformat()})
    assert "Rule 9" in register() and Adoption.objects.count() == 1
    as_user(awa).post(RECORD, {"state": "planned"})
    actions.withdraw_adoption(by=awa, adoption=Adoption.objects.get(approved_at=None), at=timezone.now())
    assert "Rule 9" in register() and as_user(fanta).post(change, {"withdraw": ""}).status_code == 302
    assert "Rule 9" not in register() and not Adoption.objects.exists()


def test_the_register_costs_the_same_for_one_and_for_twenty(statement: Any, roles: Any) -> None:
    counts = []
    for number in range(1, 21):
        own = organisation(f"o{number}")
        own.countries.create(code="SN", name="Senegal")
        by = member(f"m{number}", own, focal_slot=1)
        row = actions.record_adoption(by=by, page=statement, state="planned", at=timezone.now())
        actions.approve_adoption(by=by, adoption=row, at=timezone.now())
        if number in (1, 20):
            counts.append(questions(Client(), REGISTER))
    assert counts[0] == counts[1]
