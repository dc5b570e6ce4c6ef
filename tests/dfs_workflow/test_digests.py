"""What members hear by mail: their choices, digests of what they may see, and the way out of both."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.users.models import UserProfile

from dfs_workflow import actions, permissions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Charter, Decision, DigestWindow, MailChoice, OutgoingMail, ReaderComment
from dfs_workflow.notifications import post, rounds, signed
from dfs_workflow.proposals.drafts import edit_item
from tests.dfs_workflow.commenting import written
from tests.dfs_workflow.conftest import as_user, live_pages, person
from tests.dfs_workflow.people import member, organisation, stewards
from tests.dfs_workflow.test_query_counts import questions
from tests.testapp.models import GovernedPage

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 0, 5, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def awa(chapter: Any, roles: Any) -> Any:
    Page.objects.update(last_published_at=THURSDAY)
    return member("awa", organisation("anrc"))


@pytest.fixture
def leo(roles: Any) -> Any:
    return member("leo", organisation("bank", kind="central-bank"))


@pytest.fixture
def made(mailoutbox: list[Any], django_capture_on_commit_callbacks: Any) -> Any:
    """The round that is due then, as the scheduler and the worker make it."""

    def run(at: datetime = MONDAY) -> list[Any]:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            rounds.put_rounds(at)
        return list(mailoutbox)

    return run


def choose(user: Any, pace: str = "weekly", **fields: Any) -> None:
    MailChoice.objects.update_or_create(user=user, defaults={"pace": pace, **fields})


def said(user: Any, page: Any, text: str, at: datetime = THURSDAY) -> ReaderComment:
    comment = written(user, page, text, at=at)
    ReaderComment.objects.filter(pk=comment.pk).update(accepted_at=at)
    return comment


def test_a_week_is_told_on_monday_and_only_once(awa: Any, leo: Any, chapter: Any, statement: Any, made: Any) -> None:
    said(leo, statement, "What about eSIM?")
    first, second = sorted(made(), key=lambda mail: mail.to[0])
    assert first.to == ["awa@example.org"] and first.subject == "News since 23 November 2026"
    assert "Published" in first.body and "- TST-1 Statement 1 (English)" in first.body
    assert "http://testserver/en/r/TST-1/" in first.body
    assert "- BANK, TST-1 Statement 1: What about eSIM?" in first.body and "Leo" not in first.body
    assert "What about eSIM?" not in second.body
    assert made() == [] and made(MONDAY + timedelta(days=2)) == []
    assert made(MONDAY + timedelta(days=7)) == []
    assert OutgoingMail.objects.filter(state="sent").count() == 2


def test_days_follow_each_other_and_a_standstill_loses_nothing(awa: Any, leo: Any, chapter: Any, made: Any) -> None:
    choose(awa, "daily")
    tuesday = MONDAY + timedelta(days=1)
    made(MONDAY)
    said(leo, chapter, "On Monday", MONDAY + timedelta(hours=9))
    assert ["On Monday" in mail.body for mail in made(tuesday)] == [True]
    said(leo, chapter, "On Tuesday", tuesday + timedelta(hours=9))
    friday = tuesday + timedelta(days=3)
    (mail,) = made(friday)
    assert "On Tuesday" in mail.body and "On Monday" not in mail.body
    assert made(friday + timedelta(hours=5)) == []


def test_as_it_happens_follows_within_minutes(awa: Any, leo: Any, chapter: Any, made: Any) -> None:
    choose(awa, "instant")
    noon = MONDAY + timedelta(hours=12)
    said(leo, chapter, "Just now", noon - timedelta(minutes=4))
    assert any("Just now" in mail.body for mail in made(noon))
    assert made(noon + timedelta(minutes=5)) == []
    said(leo, chapter, "A little later", noon + timedelta(minutes=7))
    (mail,) = made(noon + timedelta(minutes=15))
    assert "A little later" in mail.body and "Just now" not in mail.body


def test_nothing_to_say_is_no_mail(awa: Any, leo: Any, chapter: Any, made: Any) -> None:
    made()
    choose(awa, "daily")
    said(awa, chapter, "My own words", MONDAY + timedelta(hours=1))
    assert made(MONDAY + timedelta(days=1)) == []
    assert DigestWindow.objects.filter(done_at=None).count() == 0


def test_nobody_hears_who_did_not_ask(awa: Any, leo: Any, chapter: Any, made: Any) -> None:
    person("outsider")
    choose(leo, "off")
    awa.is_active = False
    awa.save()
    assert made() == []


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD])
def test_what_somebody_may_not_read_is_not_in_their_mail(
    awa: Any, leo: Any, chapter: Any, statement: Any, kind: str, made: Any
) -> None:
    item = edit_item(statement, statement.live_revision, {"text": "Old words"}, {"text": "New words"})
    actions.propose(by=leo, items=[item], title="Closed proposal", reason="Because.", at=THURSDAY)
    said(leo, statement, "Closed comment")
    actions.open_consultation(by=stewards()[0], page=chapter, title="Closed consultation", at=THURSDAY)
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type=kind, password="open")
    mails = {mail.to[0]: mail.body for mail in made()}
    is_open = kind == PageViewRestriction.LOGIN
    for words in ("Closed proposal", "Closed comment", "Closed consultation", "TST-1"):
        assert (words in mails.get("awa@example.org", "")) is is_open, words


def test_proposals_consultations_and_what_was_withdrawn(awa: Any, leo: Any, chapter: Any, made: Any) -> None:
    statement = chapter.get_children().last().specific
    item = edit_item(chapter, chapter.live_revision, {"text": "Intro"}, {"text": "Better"})
    proposal = actions.propose(by=leo, items=[item], title="Better words", reason="Because.", at=THURSDAY)
    by, second = stewards()
    consultation = actions.open_consultation(by=by, page=chapter, title="Second draft", at=THURSDAY)
    with system_publication(reason="test", by=by):
        Page.objects.get(pk=statement.pk).specific.unpublish()
    decision = Decision.about(statement, kind="withdraw", by=by, reason="Out of date")
    decision.at = THURSDAY
    decision.save()
    body = next(mail.body for mail in made() if mail.to == ["awa@example.org"])
    assert f"{proposal.number} Better words (submitted)" in body
    assert "Second draft: open until" in body and f"/en/consultations/{consultation.pk}/" in body
    assert "Withdrawn\n\n- Statement 3" in body
    vendor = member("vic", organisation("vendor", kind="vendor"))
    OutgoingMail.objects.all().delete()
    DigestWindow.objects.all().delete()
    body = next(mail.body for mail in made() if mail.to == [vendor.email])
    assert "Better words" not in body and "Second draft" in body


def test_chapters_and_languages_are_chosen(awa: Any, leo: Any, chapter: Any, home: Any, made: Any) -> None:
    other = live_pages(home, (GovernedPage(title="Other chapter", slug="other", text="Intro"), []))[0]
    Page.objects.update(last_published_at=THURSDAY)
    choose(awa, chapters=[str(other.translation_key)])
    choose(leo, languages=["fr"])
    (mail,) = made()
    assert mail.to == ["awa@example.org"] and "Other chapter" in mail.body and "TST-1" not in mail.body


def test_an_arabic_reader_gets_it_from_right_to_left(awa: Any, made: Any) -> None:
    UserProfile.objects.update_or_create(user=awa, defaults={"preferred_language": "ar"})
    (mail,) = made()
    ((html, kind),) = mail.alternatives
    assert kind == "text/html" and '<html lang="ar" dir="rtl">' in html and "/ar/r/TST-1/" in mail.body


def test_moderators_hear_of_held_and_flagged_comments(
    awa: Any, leo: Any, chapter: Any, made: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    steward, second = stewards()
    choose(second, "daily", tells_at_once=False)
    with django_capture_on_commit_callbacks(execute=True):
        held = written(awa, chapter, "Please look", shown=False)
    (mail,) = mailoutbox
    assert mail.to == [steward.email] and "Please look" in mail.body and "is held until you decide" in mail.body
    assert reverse("dfs_workflow_comments") in mail.body and "awa" not in mail.body.lower().replace("waits", "")
    (digest,) = (mail for mail in made() if mail.to == [second.email])
    assert "Comments that wait for a decision\n\n- 1\n" in digest.body
    mailoutbox.clear()
    ReaderComment.objects.filter(pk=held.pk).update(state="shown")
    held.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        actions.flag_comment(by=leo, comment=held, reason="Advertising", at=timezone.now())
    (mail,) = mailoutbox
    assert mail.to == [steward.email] and "was flagged" in mail.body and "Flagged: Advertising" in mail.body


def test_choices_are_made_on_a_page(awa: Any, chapter: Any) -> None:
    client, url = as_user(awa), reverse("dfs_workflow:mail_choices")
    html = client.get(url).content.decode()
    assert 'value="weekly"' in html and "Chapter" in html and "checked" in html
    key = str(chapter.translation_key)
    client.post(url, {"language": "ar", "pace": "daily", "languages": ["fr", "ar"], "chapters": [key]})
    assert UserProfile.objects.get(user=awa).preferred_language == "ar"
    choice = MailChoice.objects.get()
    assert (choice.pace, choice.tells_at_once, choice.languages, choice.chapters) == (
        "daily",
        False,
        ["fr", "ar"],
        [key],
    )
    refused = client.post(url, {"language": "xx", "pace": "hourly", "chapters": [key]}).content.decode()
    assert "Something needs your attention" in refused and MailChoice.objects.get().pace == "daily"


def test_the_page_of_choices_asks_the_same_for_one_chapter_and_for_twenty(awa: Any, home: Any) -> None:
    client, url = as_user(awa), reverse("dfs_workflow:mail_choices")
    few = questions(client, url)
    for number in range(20):
        below = [(GovernedPage(title="Section", slug="section", text="x"), [])]
        live_pages(home, (GovernedPage(title=f"Chapter {number}", slug=f"c{number}", text="x"), below))
    assert questions(client, url) == few and "Chapter 19" in client.get(url).content.decode()


def links_of(mail: Any) -> str:
    header = mail.extra_headers["List-Unsubscribe"]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return str(header.strip("<>").removeprefix("http://testserver"))


def test_one_click_ends_the_digest_without_a_session(awa: Any, made: Any) -> None:
    (mail,) = made()
    link, stranger = links_of(mail), Client(enforce_csrf_checks=True)
    assert "Stop these mails" in stranger.get(link).content.decode() and not MailChoice.objects.exists()
    assert stranger.head(link).status_code == 200 and not MailChoice.objects.exists()
    answer = stranger.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200 and "no more news" in answer.content.decode()
    assert MailChoice.objects.get().pace == "off"
    assert stranger.post(link).status_code == 200


def test_one_click_ends_mails_about_duties_and_leaves_the_digest(awa: Any) -> None:
    post.write("answered", awa.email, "en", subject="S", body="B", about="1", person=awa)
    link = OutgoingMail.objects.get().headers["List-Unsubscribe"].strip("<>")
    Client().post(link)
    choice = MailChoice.objects.get()
    assert (choice.pace, choice.tells_at_once) == ("weekly", False)
    assert not post.write("answered", awa.email, "en", subject="S", body="B", about="2", person=awa)
    assert post.write("relay", awa.email, "en", subject="S", body="B", about="3", person=awa)


@pytest.mark.parametrize("token", ["nonsense", "WzEsImRpZ2VzdCJd:1abcde:forged"])
def test_a_link_that_is_not_ours_changes_nothing(awa: Any, token: str) -> None:
    url = reverse("dfs_workflow:unsubscribe", args=[token])
    for verb in ("get", "post"):
        assert getattr(Client(), verb)(url).status_code == 409
    assert not MailChoice.objects.exists()


def test_a_token_of_somebody_else_does_not_name_me(awa: Any, leo: Any) -> None:
    Client().post(reverse("dfs_workflow:unsubscribe", args=[signed.unsubscribe_token(leo.pk, "digest")]))
    assert MailChoice.objects.get().user == leo


def test_a_member_asks_the_database_the_same_among_one_and_among_twenty(
    awa: Any, leo: Any, chapter: Any, made: Any
) -> None:
    item = edit_item(chapter, chapter.live_revision, {"text": "Intro"}, {"text": "Better"})
    actions.propose(by=leo, items=[item], title="Better words", reason="Because.", at=THURSDAY)
    for number in range(20):
        said(leo, chapter, f"Comment {number}")
    choose(leo, "off")

    def asked() -> int:
        OutgoingMail.objects.all().delete()
        DigestWindow.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            made()
        return len(queries)

    asked()
    one = asked()
    people = [member(f"m{number}", organisation(f"o{number}")) for number in range(5)]
    six = asked()
    people += [member(f"n{number}", organisation(f"p{number}")) for number in range(5)]
    eleven = asked()
    assert eleven - six == six - one and (six - one) / 5 <= 30


def test_what_many_may_is_what_each_of_them_may(awa: Any, leo: Any, root_user: Any, moderator: Any) -> None:
    vic = member("vic", organisation("vendor", kind="vendor"))
    people = [awa, leo, vic, root_user, moderator, person("outsider"), *stewards()]
    call_command("load_charter", stdout=StringIO())
    actions.accept_charter(by=leo, number=Charter.objects.get().number, at=timezone.now())
    assert permissions.standings(people) == {user.pk: permissions.standing(user) for user in people}


def test_the_commands_say_what_they_do(awa: Any) -> None:
    out = StringIO()
    call_command("send_digests", stdout=out)
    assert "rounds of digests" in out.getvalue()
    call_command("send_mails", stdout=out)
