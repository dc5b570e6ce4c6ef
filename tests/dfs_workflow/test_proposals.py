"""From a page that somebody reads to a proposal, over HTTP and without a script; and who sees it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import (
    Organisation,
    Proposal,
    ProposalCounter,
    ProposalRefused,
)
from dfs_workflow.proposals.drafts import edit_item
from dfs_workflow.reports.personal import personal_data
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import member, organisation
from tests.dfs_workflow.proposing import BODY, act, place, proposed, publish, sent

pytestmark = pytest.mark.django_db


def test_from_a_paragraph_to_a_submitted_proposal_in_two_pages(awa_client, rules):
    form = awa_client.get(place(rules, "body.b1")).content.decode()
    assert "Operators **must** answer within 24 hours." in form and "Logs are kept" not in form
    response = sent(
        awa_client, place(rules, "body.b1"), text_0="Operators _should_ answer within 48 hours.", reason="Too short."
    )
    done = awa_client.get(response["Location"]).content.decode()
    year = timezone.now().year
    assert f"CP-{year}-001" in done and "Too short." in done
    assert "Normative words changed." in done and "Numbers changed." in done and "Links or emphasis changed." in done
    (item,) = Proposal.objects.get().items.all()
    assert item.base_revision == rules.live_revision and item.base.keys() == {"body"}
    assert item.proposed["body"][0]["value"] == "<p>Operators <i>should</i> answer within 48 hours.</p>"
    assert item.proposed["body"][1:] == BODY[1:]
    rules.refresh_from_db()
    assert not rules.has_unpublished_changes


def test_who_is_not_signed_in_goes_through_the_login_and_comes_back(awa_client, rules):
    url = place(rules, "body.b1")
    response = Client().get(url)
    assert response.status_code == 302 and "/accounts/login/" in response["Location"]
    assert url in response["Location"].replace("%2F", "/")


def test_nothing_typed_is_lost_by_a_fault(awa_client, rules):
    response = sent(awa_client, place(rules, "body.b1"), text_0="See [words](9).", reason="")
    html = response.content.decode()
    assert response.status_code == 200 and "See [words](9)." in html and "leads nowhere" in html
    assert Proposal.objects.count() == 0
    same = sent(awa_client, place(rules, "body.b1"), reason="Why not")
    assert "Nothing is changed yet." in same.content.decode()


def test_a_text_that_was_published_anew_meanwhile_is_compared_with_what_was_read(awa_client, rules):
    url = place(rules, "body.b2")
    html = BeautifulSoup(awa_client.get(url).content, "html.parser")
    revision = html.find("input", {"name": "revision"})["value"]
    publish(rules, "b2", "<p>Logs are kept for a year.</p>")
    awa_client.post(url, {"revision": revision, "text-0": "Logs are kept well.", "reason": "Clear."})
    (item,) = Proposal.objects.get().items.all()
    assert item.base["body"][1]["value"] == "<p>Logs are kept.</p>"
    shown = awa_client.get(reverse("dfs_workflow:proposal", args=[Proposal.objects.get().number])).content.decode()
    assert "Others changed the same place meanwhile." in shown and "Logs are kept for a year." in shown


def test_a_version_that_readers_never_saw_can_not_be_named(awa_client, rules, editor):
    rules.text = "A secret draft"
    draft = rules.save_revision(user=editor)
    response = awa_client.post(place(rules, "text"), {"revision": draft.pk, "text-0": "Mine", "reason": "Because."})
    assert response.status_code == 200 and "secret" not in response.content.decode()
    assert "changed meanwhile" in response.content.decode() and not Proposal.objects.exists()


@pytest.mark.parametrize("where", ["slug", "body", "body.nothing", "owner", "text.b1", "nowhere", "path"])
def test_only_what_is_open_to_proposals_has_a_form(awa_client, rules, where):
    assert awa_client.get(place(rules, where)).status_code == 404


def test_a_block_whose_texts_are_emptied_is_proposed_to_go(awa_client, rules):
    proposal = proposed(awa_client, rules, "body.b2", "")
    assert [row["id"] for row in proposal.items.get().proposed["body"]] == ["b1", "b3"]


def test_numbers_have_no_gaps(awa_client, rules, moderator):
    numbers = [proposed(awa_client, rules, "text", f"Text {n}").number for n in range(2)]
    with pytest.raises(ProposalRefused):
        actions.propose(by=moderator, items=[], title="x", reason="x", at=timezone.now())
    item = edit_item(rules, rules.live_revision, {"text": "Intro"}, {"text": "Other"})
    with pytest.raises(ProposalRefused):
        actions.propose(by=moderator, items=[item], title="x", reason=" ", at=timezone.now())
    numbers.append(proposed(awa_client, rules, "text", "Text 3").number)
    assert [number[-3:] for number in numbers] == ["001", "002", "003"]
    assert ProposalCounter.objects.get().last == 3


def test_who_may_not_see_proposals_sees_their_own_only(awa_client, awa, rules, moderator):
    proposal = proposed(awa_client, rules, "text", "Better")
    provider = member("pia", organisation("wave", Organisation.Kind.PROVIDER))
    rival = as_user(provider)
    url = reverse("dfs_workflow:proposal", args=[proposal.number])
    missing = reverse("dfs_workflow:proposal", args=["CP-2026-999"])
    assert [rival.get(address).status_code for address in (url, missing)] == [404, 404]
    assert proposal.number not in rival.get(reverse("dfs_workflow:proposals")).content.decode()
    assert act(provider, proposal, "proposal_remark", text="Hello").status_code == 404
    own = proposed(rival, rules, "text", "By us")
    assert rival.get(reverse("dfs_workflow:proposal", args=[own.number])).status_code == 200
    assert awa_client.get(url).status_code == 200


def test_a_page_that_somebody_may_not_read_hides_its_proposals(awa_client, rules, moderator):
    proposal = proposed(awa_client, rules, "text", "Better")
    with system_publication(reason="Set up for a test"):
        restriction = PageViewRestriction.objects.create(page=rules, restriction_type="groups")
        restriction.groups.set([Group.objects.create(name="Few")])
    assert awa_client.get(reverse("dfs_workflow:proposal", args=[proposal.number])).status_code == 404
    assert awa_client.get(place(rules, "text")).status_code in {403, 404}


def test_members_discuss_and_the_proposer_hears_of_it(awa_client, awa, rules, django_capture_on_commit_callbacks):
    proposal = proposed(awa_client, rules, "text", "Better")
    other = member("bo", organisation("bank", Organisation.Kind.CENTRAL_BANK))
    with django_capture_on_commit_callbacks(execute=True):
        act(other, proposal, "proposal_remark", text="<script>x</script> Agreed.\nBcc: x@y.z")
    html = awa_client.get(reverse("dfs_workflow:proposal", args=[proposal.number])).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt; Agreed." in html
    assert mail.outbox[-1].to == [awa.email] and "Agreed" not in mail.outbox[-1].body


def test_the_plain_text_says_the_same_as_the_page(awa_client, rules):
    proposal = proposed(awa_client, rules, "body.b1", "Operators **may** answer within 24 hours.")
    text = awa_client.get(reverse("dfs_workflow:proposal_text", args=[proposal.number])).content.decode()
    assert "[removed: must][added: may]" in text and "Before: must. Now: may." in text


def test_the_copy_of_ones_own_data_holds_the_words_that_one_proposed(awa_client, rules):
    proposed(awa_client, rules, "text", "Bilateral or trilateral")
    said = awa_client.get(reverse("dfs_workflow:own_data")).content.decode()
    assert "Bilateral or trilateral" in said and "Intro" not in said


def test_an_erased_person_leaves_the_proposal_without_a_name(awa_client, awa, rules, moderator):
    proposal = proposed(awa_client, rules, "text", "Better")
    act(awa, proposal, "proposal_remark", text="Please")
    data = personal_data(awa)
    assert data["proposals"][0]["number"] == proposal.number and data["remarks"][0]["text"] == "Please"
    actions.erase_person(by=awa, user=awa, at=timezone.now())
    html = as_user(moderator).get(reverse("dfs_workflow:proposal", args=[proposal.number])).content.decode()
    assert "Awa" not in html and "a person who was erased" in html and "Better" in html
    assert not Proposal.history.exclude(proposed_by_name="").exists()


def test_too_many_proposals_of_one_person_wait(awa_client, rules, settings):
    settings.DFS_WORKFLOW_REQUESTS_PER_HOUR = 2
    answers = [awa_client.post(place(rules, "text"), {"text-0": f"T{n}", "reason": "R"}).status_code for n in range(4)]
    assert answers == [302, 302, 429, 429]


def test_a_form_without_its_secret_is_refused(awa, rules):
    client = Client(enforce_csrf_checks=True)
    client.force_login(awa)
    assert client.post(place(rules, "text"), {"text-0": "x", "reason": "y"}).status_code == 403


def test_a_password_opens_proposals_in_the_session_that_gave_it_and_for_nobody_else(
    awa_client, awa, rules, moderator, root_user
):
    proposal = proposed(awa_client, rules, "text", "Better")
    with system_publication(reason="Set up for a test"):
        closed = PageViewRestriction.objects.create(page=rules, restriction_type="password", password="open")
    page, form = reverse("dfs_workflow:proposal", args=[proposal.number]), place(rules, "text")
    for user in (awa, moderator, root_user):
        client = as_user(user)
        assert client.get(page).status_code == 404
        session = client.session
        session[PageViewRestriction.passed_view_restrictions_session_key] = [closed.pk]
        session.save()
        assert client.get(page).status_code == 200
    assert awa_client.get(form).status_code == 404 and client.get(form).status_code in (200, 403)
