"""A term of the glossary is proposed to like a page: from where it is read to its review."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Bundle, Proposal, PublicationRefused
from dfs_workflow.proposals.drafts import edit_item
from dfs_workflow.reports.desk import desk_of
from tests.dfs_workflow.conftest import as_user, person
from tests.dfs_workflow.proposing import accepted, act, applied, approve, sent
from tests.dfs_workflow.world import make_term
from tests.testapp.models import GovernedTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(english: Any, roles: Any) -> GovernedTerm:
    return make_term(english)


def url(term: GovernedTerm) -> str:
    return f"/en/propose/governedterm/{term.pk}/"


def proposal_on(term: GovernedTerm, client: Client, **words: str) -> Proposal:
    answer = sent(client, url(term), reason="Clearer.", **words)
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.objects.get(number=answer["Location"].rstrip("/").rpartition("/")[2])


def test_a_term_is_proposed_decided_applied_and_approved_by_somebody_else(
    term: Any, awa_client: Client, moderator: Any, second_moderator: Any
) -> None:
    proposal = proposal_on(term, awa_client, text_1="Better words")
    page = awa_client.get(f"/en/proposals/{proposal.number}/").content.decode()
    assert "Better" in page and "Term" in page
    accepted(moderator, proposal)
    applied(moderator, proposal)
    term = GovernedTerm.objects.get(pk=term.pk)
    assert (term.meaning, term.get_latest_revision_as_object().meaning) == ("Old words", "Better words")
    approve(second_moderator, term)
    assert GovernedTerm.objects.get(pk=term.pk).meaning == "Better words"


def test_what_others_changed_meanwhile_is_shown_and_not_overwritten(
    term: Any, awa_client: Client, moderator: Any
) -> None:
    proposal = proposal_on(term, awa_client, text_1="Better words", text_0="Word")
    term.meaning = "Words of somebody else"
    term.save_revision(user=moderator)
    page = as_user(moderator).get(f"/en/proposals/{proposal.number}/").content.decode()
    assert "Others changed the same place meanwhile." in page and "Words of somebody else" in page
    refused = act(moderator, proposal, "decide_proposal", decision="accept", reason="Yes.").content.decode()
    assert "was changed meanwhile" in refused


def test_a_translation_leads_to_the_term_it_follows(term: Any, awa_client: Client) -> None:
    french = term.copy_for_translation(Locale.objects.create(language_code="fr"))
    french.save()
    assert awa_client.get(url(french)).status_code == 404
    GovernedTerm.objects.filter(pk=french.pk).update(live=True, live_revision_id=term.live_revision_id)
    assert "Old words" in awa_client.get(f"/fr{url(french)[3:]}").content.decode()


def test_only_who_may_propose_and_only_what_is_live_and_open_to_proposals(term: Any, awa_client: Client) -> None:
    assert Client().get(url(term)).status_code == 302
    assert as_user(person("outsider")).get(url(term)).status_code == 403
    assert awa_client.get("/en/propose/user/1/").status_code == 404
    assert awa_client.get("/en/propose/foreignterm/1/").status_code == 404
    GovernedTerm.objects.filter(pk=term.pk).update(live=False)
    assert awa_client.get(url(term)).status_code == 404


def test_two_terms_in_one_collected_proposal_stay_apart(term: Any, english: Any, awa: Any) -> None:
    other = make_term_named(english, "Other")
    proposal = None
    for each in (term, other, term):
        item = edit_item(each, each.live_revision, {"meaning": "Old words"}, {"meaning": "New"})
        proposal = actions.collect(by=awa, item=item, proposal=proposal)
    assert proposal is not None and proposal.items.count() == 2


def make_term_named(english: Any, name: str) -> GovernedTerm:
    term = GovernedTerm(name=name, meaning="Old words", locale=english)
    term.save()
    with system_publication(reason="Set up for a test"):
        term.save_revision().publish()
    return GovernedTerm.objects.get(pk=term.pk)


def test_the_withdrawal_of_a_term_is_proposed_and_approved_by_a_third_person(
    term: Any, awa_client: Client, moderator: Any, reviewer: Any
) -> None:
    withdrawal = f"{url(term)}withdrawal/"
    assert withdrawal in awa_client.get(url(term)).content.decode()
    assert "This field is required" in awa_client.post(withdrawal, {"reason": ""}).content.decode()
    assert awa_client.post(withdrawal, {"reason": "Nobody says it."}).status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.title.startswith("Withdrawal:") and accepted(moderator, proposal).status_code == 302
    applied(moderator, proposal)
    bundle = Bundle.objects.get(proposals=proposal)
    assert GovernedTerm.objects.get(pk=term.pk).live
    assert [desk_of(user, timezone.now()).waiting == [] for user in (moderator, reviewer)] == [True, False]
    with pytest.raises(PublicationRefused):
        actions.decide_bundle(bundle=bundle, by=moderator, approve=True)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    assert not GovernedTerm.objects.get(pk=term.pk).live
    assert "The review approved it" in awa_client.get(f"/en/proposals/{proposal.number}/").content.decode()


NEW = "/en/propose/governedterm/new/"


def new_term(client: Client, **words: str) -> Proposal:
    form = {"text-0": "Term", "text-1": "What it means", "language": "en", "reason": "It is missing.", **words}
    answer = client.post(NEW, form)
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.objects.latest("pk")


def test_a_new_term_is_proposed_decided_applied_and_approved_by_a_third_person(
    english: Any, awa_client: Client, moderator: Any, second_moderator: Any
) -> None:
    assert "This field is required" in awa_client.post(NEW, {"text-0": "Term", "language": "en"}).content.decode()
    proposal = new_term(awa_client)
    assert proposal.title == "New statement: Term"
    page = as_user(moderator).get(f"/en/proposals/{proposal.number}/").content.decode()
    assert "What it means" in page and "As they are now" not in page and "exist any more" not in page
    accepted(moderator, proposal)
    applied(moderator, proposal)
    term = GovernedTerm.objects.get()
    assert (term.meaning, term.live, term.locale) == ("What it means", False, english)
    with pytest.raises(PublicationRefused):
        approve(moderator, term)
    approve(second_moderator, term)
    assert GovernedTerm.objects.get().live
    assert "The review approved it" in awa_client.get(f"/en/proposals/{proposal.number}/").content.decode()


def test_a_term_written_in_another_language_is_put_into_that_of_the_texts_first(
    english: Any, awa_client: Client, moderator: Any
) -> None:
    Locale.objects.create(language_code="fr")
    proposal = new_term(awa_client, language="fr", **{"text-1": "Ce que cela veut dire"})
    text = awa_client.get(f"/en/proposals/{proposal.number}/").content.decode()
    assert "written in this language: French" in text and 'lang="fr"' in text
    assert "put it into the one that texts are written in" in accepted(moderator, proposal).content.decode()
    place = f"{proposal.items.get().pk}-meaning"
    chosen = {f"choice-{place}": "other", f"words-{place}": "What it means"}
    assert accepted(moderator, proposal, **chosen).status_code == 302
    applied(moderator, proposal)
    assert (GovernedTerm.objects.get().meaning, Proposal.objects.get().state) == ("What it means", "applied")


def test_only_kinds_that_are_open_to_it_and_who_may_propose(english: Any, roles: Any, awa_client: Client) -> None:
    assert Client().get(NEW).status_code == 302
    assert as_user(person("outsider")).post(NEW).status_code == 403
    assert awa_client.get("/en/propose/foreignterm/new/").status_code == 404
