"""The chain of the history: readable, found out when touched, and still whole after somebody is forgotten."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from dfs_workflow import actions
from dfs_workflow.actions.personal import NAMED
from dfs_workflow.models import (
    Absence,
    Decision,
    Edition,
    HistoryEntry,
    HistoryHead,
    Invitation,
    JoinRequest,
    Membership,
    OutgoingMail,
    Override,
    Proposal,
    ProposalRemark,
)
from dfs_workflow.models.digest import digest
from dfs_workflow.reports import timeline
from dfs_workflow.reports.history import broken_links
from dfs_workflow.reports.personal import personal_data
from tests.dfs_workflow.conftest import PASSWORD, as_user
from tests.dfs_workflow.people import member, membership, organisation, stewards

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def busy(chapter):
    """Members who came, were confirmed and left, and a page with a log and decisions of its own."""
    own = organisation()
    steward, _second = stewards()
    focal, leaver = member("fanta", own, focal_slot=1), member("leo", own)
    log(instance=chapter, action="wagtail.edit", user=leaver, data={"comment": "A typo"})
    actions.confirm_membership(by=focal, membership=membership(leaver), at=NOW)
    actions.end_membership(by=focal, membership=membership(leaver), reason="Leo moved to Paris", at=NOW)
    actions.set_focal_point(by=steward, membership=membership(focal), is_focal_point=False, at=NOW)
    actions.seal_history()
    return {"own": own, "leaver": User.objects.get(pk=leaver.pk), "focal": focal, "page": chapter}


def verify(*arguments):
    out = StringIO()
    try:
        call_command("verify_history", *arguments, stdout=out)
    except SystemExit:
        return False, out.getvalue()
    return True, out.getvalue()


def test_it_reads_as_sentences_for_an_organisation_and_a_page(busy):
    rows = list(timeline.lines(timeline.of_organisation(busy["own"]).order_by("number")))
    said = [(row.by, row.action, row.about, row.why) for row in rows]
    assert said[-3:] == [
        ("Fanta Example", "Was confirmed for another year", "Leo Example", ""),
        ("Fanta Example", "Is no member any more", "Leo Example", "Leo moved to Paris"),
        ("sofia", "Is no focal point any more", "Fanta Example", ""),
    ]
    page = [(row.by, row.action, row.why) for row in timeline.lines(timeline.of_page(busy["page"].pk))]
    assert ("Leo Example", "Edit", "A typo") in page
    assert any(action == "Published by the system" for _by, action, _why in page)


def test_it_holds_and_sealing_again_adds_nothing(busy):
    holds, said = verify()
    assert holds, said
    before = HistoryEntry.objects.count()
    assert actions.seal_history() == 0 and HistoryEntry.objects.count() == before
    link = said.strip().rpartition(" ")[2]
    actions.record(action="membership.started", by=None)
    assert verify("--expect", link)[0]


def rewrite_all(change):
    """As somebody would who can write the whole table, and knows how it is made."""
    previous = "0" * 64
    for entry in HistoryEntry.objects.order_by("number"):
        change(entry)
        entry.digests = {part: digest(content) for part, content in entry.parts.items() if content}
        entry.previous = previous
        entry.hash = previous = entry.computed_hash()
        entry.save()
    HistoryHead.objects.update(hash=previous)


def last(**found):
    return HistoryEntry.objects.filter(**found).order_by("-number").first()


def alter_part(entry):
    entry.parts["by"]["value"]["name"] = "Somebody else"
    entry.save()


def alter_part_and_digest(entry):
    entry.parts["by"]["value"]["name"] = "Somebody else"
    entry.digests["by"] = digest(entry.parts["by"])
    entry.save()


def empty_part(entry):
    entry.parts["by"] = None
    entry.save()


def alter_and_chain(entry):
    alter_part_and_digest(entry)
    entry.hash = entry.computed_hash()
    entry.save()


TOUCHED = {
    "a part": lambda: alter_part(last(action="membership.confirmed")),
    "a part and its digest": lambda: alter_part_and_digest(last(action="membership.confirmed")),
    "a part, its digest and its link": lambda: alter_and_chain(last(action="membership.confirmed")),
    "a part emptied without a word": lambda: empty_part(last(action="membership.confirmed")),
    "the moment": lambda: HistoryEntry.objects.filter(action="membership.confirmed").update(at=NOW - timedelta(days=9)),
    "an entry removed": lambda: HistoryEntry.objects.filter(action="membership.confirmed").delete(),
    "the end cut off": lambda: last().delete(),
    "all of it removed": lambda: HistoryEntry.objects.all().delete(),
    "a row of Wagtail's log removed": lambda: PageLogEntry.objects.all().delete(),
    "a row of Wagtail's log altered": lambda: PageLogEntry.objects.update(data={"comment": "Nothing"}),
    "a decision altered": lambda: Decision.objects.update(reason="Because"),
    "a decision of another kind": lambda: Decision.objects.update(kind=Decision.Kind.OVERRIDE),
    "a decision at another time": lambda: Decision.objects.update(at=NOW + timedelta(days=1)),
    "a log in the name of another person": lambda: PageLogEntry.objects.update(
        user=User.objects.exclude(pk__in=PageLogEntry.objects.exclude(user=None).values("user")).first()
    ),
    "a decision removed": lambda: Decision.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("what", TOUCHED)
def test_whatever_is_touched_is_found(busy, what):
    TOUCHED[what]()
    assert verify()[0] is False


def test_a_history_that_was_rewritten_from_the_start_is_found_by_a_link_written_down(busy):
    link = verify()[1].strip().rpartition(" ")[2]

    def rename(entry):
        if entry.value("by"):
            entry.parts["by"]["value"]["name"] = "Somebody else"

    rewrite_all(rename)
    assert list(broken_links()) == []
    assert verify("--expect", link)[0] is False


def test_an_erased_person_leaves_a_tombstone_that_says_nothing_and_still_verifies(busy, mailoutbox):
    leaver = busy["leaver"]
    JoinRequest.objects.create(name="Leo", email=leaver.email, why="Leo's reasons", language="en", asked_at=NOW)
    Membership.objects.filter(user=leaver).update(job_title="Head of Leo's office")
    address = leaver.email
    actions.erase_person(by=None, user=leaver, at=NOW)
    holds, said = verify()
    assert holds, said
    kept = json.dumps([[*map(str, e.parts.values()), str(e.digests)] for e in HistoryEntry.objects.all()])
    kept += json.dumps(list(Membership.objects.values("job_title", "end_reason")))
    kept += json.dumps(list(Membership.history.values("job_title", "end_reason")))
    kept += json.dumps(list(User.objects.values("username", "first_name", "last_name", "email")))
    kept += json.dumps(list(Decision.objects.values("by_name")))
    for word in ("Leo", "leo", address, "Paris"):
        assert word not in kept, word
    rows = list(timeline.lines(timeline.of_organisation(busy["own"])))
    assert any(row.about == "a person who was erased" and row.by == "Fanta Example" for row in rows)
    assert not JoinRequest.objects.exists() and not Invitation.objects.filter(email=address).exists()


def test_people_take_their_data_with_them_and_erase_it_themselves(busy, django_capture_on_commit_callbacks):
    someone = member("awa", busy["own"], job_title="Analyst")
    client = as_user(someone)
    answer = client.get("/en/account/data/")
    data = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert data["account"]["email"] == someone.email and data["memberships"][0]["job_title"] == "Analyst"
    assert [entry["action"] for entry in data["history"]] == ["membership.started"]
    assert "leo" not in answer.content.decode().lower() and "password" not in answer.content.decode()
    assert client.post("/en/account/erase/", {"password": "wrong"}).status_code == 200
    assert User.objects.get(pk=someone.pk).is_active
    with django_capture_on_commit_callbacks(execute=True):
        assert "closed" in client.post("/en/account/erase/", {"password": PASSWORD}).content.decode()
    assert not OutgoingMail.objects.filter(address=someone.email).exists()
    gone = User.objects.get(pk=someone.pk)
    assert (gone.username, gone.email, gone.first_name, gone.is_active) == (f"erased-{gone.pk}", "", "", False)
    assert client.get("/en/account/").status_code == 302
    assert list(broken_links()) == []


def test_the_export_of_an_organisation_is_a_harmless_table_with_its_hashes(busy):
    steward, _second = stewards("s1", "s2")
    own = busy["own"]
    actions.end_membership(by=steward, membership=membership(busy["focal"]), reason="=1+1", at=NOW)
    text = as_user(steward).get(f"/en/members/organisations/{own.key}/history/?format=csv").content.decode()
    assert "'=1+1" in text and last(organisation_id=own.pk).hash in text


def test_what_has_served_its_purpose_is_forgotten_in_time(busy, settings):
    fields = {"name": "Ada", "email": "ada@example.org", "why": "w", "language": "en"}
    JoinRequest.objects.create(asked_at=NOW - timedelta(days=8), **fields)
    JoinRequest.objects.create(asked_at=NOW - timedelta(days=6), **fields)
    old = NOW - timedelta(days=181)
    JoinRequest.objects.create(asked_at=old, verified_at=old, decided_at=old, is_approved=False, reason="r", **fields)
    steward, _second = stewards("s1", "s2")
    invitation = actions.invite(by=steward, organisation=busy["own"], email="x@example.org", name="X", at=NOW)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=NOW - timedelta(days=91))
    Membership.objects.filter(user=busy["leaver"]).update(ended_at=NOW - timedelta(days=731))
    counts = {
        "unverified_requests": 1,
        "decided_requests": 1,
        "closed_invitations": 1,
        "ended_memberships": 1,
        "fact_checks": 0,
        "mails": 0,
    }
    assert actions.apply_retention(at=NOW) == counts
    assert set(actions.apply_retention(at=NOW).values()) == {0}
    settings.DFS_WORKFLOW_RETENTION_DAYS = {"unverified_requests": 5}
    assert actions.apply_retention(at=NOW)["unverified_requests"] == 1
    out = StringIO()
    call_command("look_after_people", stdout=out)
    assert "0 reminders" in out.getvalue() and "Forgotten" in out.getvalue()


def test_no_table_names_an_erased_person(busy, chapter):
    leaver, at = busy["leaver"], {"at": NOW}
    name = {"by": leaver, "by_name": "Leo Example"}
    revision = chapter.latest_revision
    kind = ContentType.objects.get_for_model(type(chapter))
    Override.objects.create(
        content_type=kind, object_id="1", title="t", revision=revision, reason="r", due_at=NOW, **name, **at
    )
    proposed = {"proposed_by": leaver, "proposed_by_name": "Leo Example", "proposed_at": NOW}
    Edition.objects.create(number="2026-9", reason="r", **proposed)
    Absence.objects.create(user=busy["focal"], delegate=leaver, first_day=NOW, last_day=NOW)
    data = json.dumps(personal_data(leaver), default=str)
    assert '"emergencies": [{"title": "t"' in data
    actions.erase_person(by=None, user=leaver, at=NOW)
    assert (Override.objects.get().by_name, Edition.objects.get().proposed_by_name) == (f"erased-{leaver.pk}",) * 2
    assert not Absence.objects.exists()
    tables = [model for model in apps.get_models() if model._meta.app_label.startswith("dfs_")]
    kept = [model._meta.label for model in tables if "Leo" in str(list(model._base_manager.values()))]
    assert kept == []


def test_every_name_that_is_kept_beside_an_account_is_known_to_the_erasure():
    known = {(model, name) for model, _person, name in NAMED} | {
        *((Proposal, name) for name in ("proposed_by_name", "decided_by_name")),
        *((model, "by_name") for model in (Decision, ProposalRemark)),
    }
    labels = ("dfs_workflow", "dfs_translation")
    found = {
        (model, field.name)
        for model in apps.get_models()
        if model._meta.app_label in labels and not model.__name__.startswith("Historical")
        for field in model._meta.fields
        if field.name.endswith("by_name")
    }
    assert found <= known
