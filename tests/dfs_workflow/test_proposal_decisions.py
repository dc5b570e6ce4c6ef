"""What becomes of a proposal: decided by one person, published by another, overwriting nothing."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from dfs_workflow import actions
from dfs_workflow.merging import Answer
from dfs_workflow.models import (
    Bundle,
    Decision,
    HistoryEntry,
    PermanentReference,
    Proposal,
    ProposalRefused,
    PublicationRefused,
    authors,
    name_of,
)
from dfs_workflow.proposals.drafts import edit_item
from dfs_workflow.reports import timeline
from tests.dfs_workflow.conftest import as_user, live_pages
from tests.dfs_workflow.proposing import accepted, act, applied, approve, proposed, publish, raw
from tests.testapp.models import GovernedPage, GovernedStatement

pytestmark = pytest.mark.django_db


def test_what_is_accepted_becomes_a_draft_that_neither_of_the_two_can_publish(
    awa_client, awa, rules, moderator, reviewer, editor
):
    first = proposed(awa_client, rules, "body.b1", "Operators **must** answer within 12 hours.")
    second = proposed(awa_client, rules, "body.b2", "Logs are kept for a year.")
    assert act(moderator, first, "take_on_proposal", assignee=moderator.pk).status_code == 302
    for proposal in (first, second):
        assert accepted(moderator, proposal).status_code == 302
    applied(moderator, first)
    rules = GovernedPage.objects.get(pk=rules.pk)
    assert raw(rules)[0][0] == "<p>Operators <b>must</b> answer within 12 hours.</p>"
    assert authors(rules) == {awa.pk, moderator.pk}
    assert rules.current_workflow_state is not None
    with pytest.raises(PublicationRefused):
        approve(moderator, rules)
    refused = act(moderator, second, "apply_proposal").content.decode()
    assert "under review" in refused
    approve(reviewer, rules)
    applied(moderator, second)
    approve(reviewer, rules)
    rules = GovernedPage.objects.get(pk=rules.pk)
    live = rules.body.raw_data
    assert [row["value"] for row in live][:2] == [
        "<p>Operators <b>must</b> answer within 12 hours.</p>",
        "<p>Logs are kept for a year.</p>",
    ]
    assert Decision.objects.filter(by=reviewer, kind="review").count() == 2
    assert {row.state for row in Proposal.objects.all()} == {"applied"}


def test_a_real_conflict_waits_for_a_choice_and_overwrites_nothing(awa_client, rules, moderator):
    proposal = proposed(awa_client, rules, "body.b2", "Logs are kept for a year.")
    publish(rules, "b2", "<p>Logs are kept for two years.</p>")
    publish(rules, "b1", "<p>Other.</p>")
    refused = accepted(moderator, proposal)
    assert refused.status_code == 200 and "choose at each place" in refused.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "submitted"
    name = f"choice-{proposal.items.get().pk}-body-b2-value"
    words = {name: "other", name.replace("choice", "words"): "Logs are kept for **18** months."}
    assert accepted(moderator, proposal, **words).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "partly"
    applied(moderator, proposal)
    assert [value for value, _id in raw(GovernedPage.objects.get(pk=rules.pk))][:2] == [
        "<p>Other.</p>",
        "<p>Logs are kept for <b>18</b> months.</p>",
    ]


def test_what_the_editor_only_wrote_with_other_signs_is_no_conflict(awa_client, rules, moderator):
    rules = publish(rules, "b2", "<p>The operator&#x27;s logs are kept.</p>")
    proposal = proposed(awa_client, rules, "body.b2", "The operator's logs are kept for a year.")
    rules = publish(rules, "b2", '<p data-block-key="k1">The operator\'s logs are kept.</p>')
    assert "Others changed the same place" not in str(soup_of(moderator, proposal))
    assert accepted(moderator, proposal).status_code == 302
    applied(moderator, proposal)
    assert raw(GovernedPage.objects.get(pk=rules.pk))[1][0] == "<p>The operator's logs are kept for a year.</p>"


def test_a_choice_holds_only_for_the_words_that_were_seen(awa_client, rules, moderator):
    proposal = proposed(awa_client, rules, "body.b2", "Logs are kept for a year.")
    publish(rules, "b2", "<p>Theirs.</p>")
    name = f"choice-{proposal.items.get().pk}-body-b2-value"
    assert accepted(moderator, proposal, **{name: "proposed"}).status_code == 302
    publish(rules, "b2", "<p>Later.</p>")
    refused = act(moderator, proposal, "apply_proposal")
    assert "changed since the proposal was accepted" in refused.content.decode()
    rules = GovernedPage.objects.get(pk=rules.pk)
    assert raw(rules)[1][0] == "<p>Later.</p>" and not rules.has_unpublished_changes


def test_declining_needs_a_reason_and_nobody_decides_their_own(awa_client, awa, rules, moderator, second_moderator):
    proposal = proposed(awa_client, rules, "text", "Intro, better")
    without = act(moderator, proposal, "decide_proposal", decision="decline", reason=" ")
    assert without.status_code == 200 and "Give the reason" in without.content.decode()
    assert act(moderator, proposal, "decide_proposal", decision="decline", reason="Not now.").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decision_reason) == ("declined", "Not now.")
    own = actions.propose(
        by=moderator, items=[edit_item(rules, rules.live_revision, {"text": "Intro"}, {"text": "Own"})],
        title="Own", reason="Why", at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(ProposalRefused):
        actions.decide_proposal(by=moderator, proposal=own, accept=True, reason="", answers={}, at=timezone.now())


def test_the_proposer_is_told_at_each_state_in_their_language(
    awa, awa_client, rules, moderator, reviewer, django_capture_on_commit_callbacks
):
    UserProfile.objects.update_or_create(user=awa, defaults={"preferred_language": "fr"})
    with django_capture_on_commit_callbacks(execute=True):
        proposal = proposed(awa_client, rules, "body.b1", "Operators may answer.")
    with django_capture_on_commit_callbacks(execute=True):
        act(moderator, proposal, "take_on_proposal", assignee=moderator.pk)
    with django_capture_on_commit_callbacks(execute=True):
        accepted(moderator, proposal)
    with django_capture_on_commit_callbacks(execute=True):
        applied(moderator, proposal)
    with django_capture_on_commit_callbacks(execute=True):
        approve(reviewer, rules)
    told = [message for message in mail.outbox if message.to == [awa.email]]
    assert len(told) == 5 and "maintenant" in told[4].body
    assert all(proposal.number in message.subject and "/fr/proposals/" in message.body for message in told)
    assert "24" in told[0].body and "may" in told[0].body
    publish(rules, "b2", "<p>Logs are kept longer.</p>")
    draft = GovernedPage.objects.get(pk=rules.pk)
    draft.save_revision(user=moderator)
    draft.get_workflow().start(draft, moderator)
    with django_capture_on_commit_callbacks(execute=True):
        approve(reviewer, rules)
    assert len([message for message in mail.outbox if message.to == [awa.email]]) == 5


def test_who_decides_about_proposals_hears_of_them_and_of_what_is_said_afterwards(
    awa, awa_client, rules, moderator, second_moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        proposal = proposed(awa_client, rules, "body.b1", "Operators may answer.")
    told = [message for message in mail.outbox if "waits for a decision" in message.subject]
    assert sorted(message.to[0] for message in told) == sorted([moderator.email, second_moderator.email])
    html = as_user(moderator).get(reverse("wagtailadmin_home")).content.decode()
    assert "1 proposal waits to be decided or applied." in html
    act(moderator, proposal, "take_on_proposal", assignee=second_moderator.pk)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        act(awa, proposal, "proposal_remark", text="And by when?")
    assert [message.to for message in mail.outbox] == [[second_moderator.email]]
    assert f"A remark on proposal {proposal.number}" in mail.outbox[0].subject
    with django_capture_on_commit_callbacks(execute=True):
        act(moderator, proposal, "proposal_remark", text="In June.")
    assert sorted(message.to[0] for message in mail.outbox[1:]) == sorted([awa.email, second_moderator.email])


def test_history_names_the_proposal_its_author_and_who_accepted_it(awa_client, awa, rules, moderator):
    proposal = proposed(awa_client, rules, "text", "Better")
    accepted(moderator, proposal)
    applied(moderator, proposal)
    entries = HistoryEntry.objects.filter(page_id=rules.pk, action__startswith="proposal.").order_by("number")
    assert [(row.action, row.value("by")["id"]) for row in entries] == [
        ("proposal.submitted", awa.pk),
        ("proposal.accepted", moderator.pk),
        ("proposal.applied", moderator.pk),
    ]
    assert entries[0].value("details")["title"].startswith(proposal.number)
    writers = GovernedPage.objects.get(pk=rules.pk).revisions.order_by("-pk").values_list("user_id", flat=True)
    assert list(writers[:2]) == [moderator.pk, awa.pk]


def test_a_new_statement_a_withdrawal_and_a_move_go_the_same_way(awa_client, awa, chapter, moderator, reviewer, home):
    parent, first = chapter, GovernedStatement.objects.child_of(chapter).first()
    (other,) = live_pages(home, (GovernedPage(title="Other", slug="other"), []))
    new = reverse("dfs_workflow:propose_new", args=[parent.pk, "governedstatement"])
    data = {"text-0": "Fourth", "text-1": "Do it.", "after": first.pk, "reason": "Missing.", "source": ""}
    assert awa_client.post(new, data).status_code == 302
    withdrawal = reverse("dfs_workflow:propose_withdrawal", args=[first.pk])
    successor = GovernedStatement.objects.child_of(chapter).last()
    data = {"successor": successor.reference, "reason": "Said twice."}
    assert awa_client.post(withdrawal, data).status_code == 302
    move = reverse("dfs_workflow:propose_move", args=[successor.pk])
    assert awa_client.post(move, {"parent": other.pk, "reason": "Fits better."}).status_code == 302
    by_kind = {row.items.get().kind: row for row in Proposal.objects.all()}
    assert set(by_kind) == {"new", "withdraw", "move"}
    for proposal in by_kind.values():
        assert accepted(moderator, proposal).status_code == 302
        applied(moderator, proposal)
    made = GovernedStatement.objects.get(text="Do it.")
    assert not made.live and made.get_prev_sibling().pk == first.pk and authors(made) == {awa.pk, moderator.pk}
    told = timeline.lines(timeline.of_page(made.pk).filter(action__startswith="proposal.").order_by("number"))
    assert [(row.by, by_kind["new"].number in row.title) for row in told] == [
        (name_of(awa), True),
        (name_of(moderator), True),
    ]
    approve(reviewer, made)
    assert GovernedStatement.objects.get(pk=made.pk).live
    for kind in ("withdraw", "move"):
        bundle = Bundle.objects.get(proposals=by_kind[kind])
        assert authors(bundle) == {awa.pk, moderator.pk}
        actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    assert not GovernedStatement.objects.get(pk=first.pk).live
    assert PermanentReference.objects.get(pk=first.reference).successor == successor.reference
    assert Page.objects.get(pk=successor.pk).get_parent().pk == other.pk


def test_several_pages_in_one_proposal_are_one_bundle(awa, chapter, moderator, reviewer):
    statements = list(GovernedStatement.objects.child_of(chapter))[:2]
    items = [edit_item(s, s.live_revision, {"text": s.text}, {"text": f"New {s.reference}"}) for s in statements]
    proposal = actions.propose(by=awa, items=items, title="Both", reason="One thing.", at=timezone.now())
    actions.decide_proposal(by=moderator, proposal=proposal, accept=True, reason="", answers={}, at=timezone.now())
    actions.apply_proposal(by=moderator, proposal=proposal, at=timezone.now())
    bundle = Bundle.objects.get(proposals=proposal)
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    texts = [GovernedStatement.objects.get(pk=s.pk).text for s in statements]
    assert texts == [f"New {s.reference}" for s in statements]


def test_answers_that_change_nothing_are_no_acceptance(awa, rules, moderator):
    item = edit_item(rules, rules.live_revision, {"text": "Intro"}, {"text": "New"})
    proposal = actions.propose(by=awa, items=[item], title="x", reason="y", at=timezone.now())
    answers = {item.pk: {("text",): Answer("Intro", "Intro")}}
    with pytest.raises(ProposalRefused, match="decline it"):
        actions.decide_proposal(
            by=moderator, proposal=proposal, accept=True, reason="r", answers=answers, at=timezone.now()
        )


def test_what_was_chosen_stays_chosen_and_is_read_as_decided_once_applied(
    awa_client, awa, rules, moderator, reviewer, second_moderator
):
    proposal = proposed(awa_client, rules, "body.b2", "Logs are kept for a year.")
    name = f"choice-{proposal.items.get().pk}-body-b2-value"
    accepted(moderator, proposal, **{name: "other", name.replace("choice", "words"): "Logs are kept for 18 months."})
    again = soup_of(second_moderator, proposal)
    assert again.find("input", attrs={"name": name, "checked": True})["value"] == "other"
    words = again.find("textarea", attrs={"name": name.replace("choice", "words")}).get_text()
    assert words.strip() == "Logs are kept for 18 months."
    assert accepted(second_moderator, proposal).status_code == 302
    applied(moderator, proposal)
    for reader in (awa, moderator):
        main = soup_of(reader, proposal).find("main")
        text = main.get_text(" ", strip=True)
        assert "for a year" in text and "Accepted in these words: Logs are kept for 18 months." in text
        assert "Others changed" not in text and not main.find("input", attrs={"name": name})
    plain = as_user(awa).get(reverse("dfs_workflow:proposal_text", args=[proposal.number])).content.decode()
    assert "Accepted in these words: Logs are kept for 18 months." in plain


def test_a_decision_that_is_refused_keeps_what_was_chosen_and_typed(awa_client, rules, moderator):
    proposal = proposed(awa_client, rules, "body.b2", "Logs are kept for a year.")
    soup = soup_of(moderator, proposal)
    (choice,) = {row["name"] for row in soup.select('input[form="decide"][type="radio"]')}
    words = choice.replace("choice", "words")
    typed = {choice: "other", words: "Logs are kept for <two> years.", "reason": ""}
    back = BeautifulSoup(accepted(moderator, proposal, **typed).content, "html.parser")
    assert "Give the reason" in back.text
    assert back.select_one(f'input[name="{choice}"][checked]')["value"] == "other"
    assert back.select_one(f'textarea[name="{words}"]').text.strip() == typed[words]


def test_an_applied_proposal_says_whether_readers_see_it(awa_client, awa, rules, moderator, reviewer):
    proposal = proposed(awa_client, rules, "body.b2", "Logs are kept for a year.")
    accepted(moderator, proposal)
    applied(moderator, proposal)
    assert "Readers see it once" in soup_of(awa, proposal).get_text()
    approve(reviewer, rules)
    text = soup_of(awa, proposal).get_text()
    assert "Readers see it once" not in text and "The review approved it on" in text
    assert "for a year" in text


def test_a_withdrawal_says_that_it_is_done(awa_client, awa, statement, moderator, reviewer):
    awa_client.post(reverse("dfs_workflow:propose_withdrawal", args=[statement.pk]), {"reason": "Said twice."})
    proposal = Proposal.objects.get()
    accepted(moderator, proposal)
    applied(moderator, proposal)
    assert "Readers see it once" in soup_of(awa, proposal).get_text()
    actions.decide_bundle(bundle=Bundle.objects.get(proposals=proposal), by=reviewer, approve=True)
    assert "The review approved it on" in soup_of(awa, proposal).get_text()


def soup_of(user, proposal):
    html = as_user(user).get(reverse("dfs_workflow:proposal", args=[proposal.number])).content
    return BeautifulSoup(html, "html.parser")


def test_a_draft_that_a_proposal_conflicts_with_is_shown_to_who_decides_alone(awa_client, rules, editor, moderator):
    """Else whoever proposes a change to a text could read what is prepared about it."""
    proposal = proposed(awa_client, rules, "body.b1", "Operators **must** answer within 12 hours.")
    page = GovernedPage.objects.get(pk=rules.pk)
    rows = [*page.body.raw_data]
    rows[0] = {**rows[0], "value": "<p>Operators answer at once, says the draft.</p>"}
    page.body = page.body.stream_block.to_python(rows)
    page.save_revision(user=editor)
    url = reverse("dfs_workflow:proposal", args=[proposal.number])
    html = awa_client.get(url).content.decode()
    assert "says the draft" not in html and "A draft that is not public yet" in html
    assert "says the draft" not in awa_client.get(f"{url}text/").content.decode()
    assert "says the draft" in as_user(moderator).get(url).content.decode()
