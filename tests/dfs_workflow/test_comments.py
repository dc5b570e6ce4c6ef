"""Readers' comments, from outside: who sees and writes which, on pages, in the feed, the API, mails and the admin."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import PeopleRefused, ReaderComment
from dfs_workflow.reports.personal import personal_data
from tests.dfs_workflow.commenting import written
from tests.dfs_workflow.conftest import as_user, in_group, person
from tests.dfs_workflow.people import member, organisation, stewards

pytestmark = pytest.mark.django_db
URL, STATEMENT = "/en/chapter/comments/", "/en/r/TST-1/comments/"


@pytest.fixture
def awa(roles: Any) -> Any:
    own = organisation("anrc")
    own.countries.create(code="SN", name="Senegal")
    return member("awa", own)


@pytest.fixture
def leo(roles: Any) -> Any:
    return member("leo", organisation("bank", kind="central-bank"), is_listed=True)


def send(user: Any, url: str = URL, **data: Any) -> Any:
    return as_user(user).post(url, {"kind": "question", "text": "What about eSIM?", **data}, follow=True)


def html_of(who: Any = None, url: str = URL) -> str:
    return (as_user(who) if who else Client()).get(url).content.decode()


def close(page: Any, kind: str = PageViewRestriction.LOGIN, **fields: Any) -> None:
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


@pytest.mark.parametrize("url", [URL, STATEMENT])
def test_the_first_comment_of_a_member_is_held_and_shown_once_a_moderator_read_it(
    awa: Any, url: str, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    said = send(awa, url, text="What about eSIM?\r\n\r\n<b>And</b> USSD?").content.decode()
    assert "once a moderator has read it" in said and "Waits for a moderator" in said
    assert "eSIM" not in html_of(url=url)
    steward = stewards()[0]
    held = ReaderComment.objects.get()
    decide = reverse("dfs_workflow_decide_comment", args=[held.pk])
    assert "eSIM" in html_of(steward, reverse("dfs_workflow_comments"))
    with django_capture_on_commit_callbacks(execute=True):
        as_user(steward).post(decide, {"show": ""})
    html = html_of(url=url)
    assert "<p>What about eSIM?</p>" in html and "&lt;b&gt;And&lt;/b&gt;" in html
    assert "<bdi>ANRC</bdi> · Senegal" in html and "Awa" not in html
    assert mailoutbox[0].to == ["awa@example.org"] and url in mailoutbox[0].body
    assert "eSIM, again" in send(awa, url, text="eSIM, again").content.decode()
    assert "eSIM, again" in html_of(url=url)


def test_a_name_is_shown_to_counterparts_by_consent_only(awa: Any, leo: Any, chapter: Any) -> None:
    written(leo, chapter)
    assert "Leo Example" in html_of(awa)
    assert "Leo" not in html_of() and "BANK" in html_of()


def test_replies_go_two_levels_deep_and_are_mailed(
    awa: Any, leo: Any, chapter: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    top = written(awa, chapter)
    written(leo, chapter, "Old hand")
    with django_capture_on_commit_callbacks(execute=True):
        send(leo, reply_to=top.pk, text="First\nanswer")
    first = ReaderComment.objects.get(comment__startswith="First")
    (mail,) = mailoutbox
    assert mail.to == ["awa@example.org"] and "\n" not in mail.subject and "leo" not in mail.body.lower()
    send(awa, reply_to=first.pk, text="Second answer")
    second = ReaderComment.objects.get(comment="Second answer")
    assert (first.level, second.level, second.parent_id) == (1, 2, first.pk)
    page = send(leo, reply_to=second.pk, text="Third answer").content.decode()
    assert "not shown any more" in page and "Third answer</textarea>" in page
    with pytest.raises(PeopleRefused):
        written(leo, chapter, "Third answer", reply_to=second)


def test_a_flag_hides_until_a_moderator_keeps_it_and_then_hides_no_more(awa: Any, leo: Any, chapter: Any) -> None:
    comment, steward = written(awa, chapter, "Buy my boxes"), stewards()[0]
    flag = reverse("dfs_workflow:flag_comment", args=[comment.pk])
    as_user(leo).post(flag, {"reason": "Advertising"})
    for path in (URL, "/en/comments/", "/en/comments.atom", "/api/v1/comments"):
        assert "Buy my boxes" not in html_of(url=path) and "Buy my boxes" not in html_of(leo, path)
    assert "Advertising" in html_of(steward, reverse("dfs_workflow_comments"))
    decide = reverse("dfs_workflow_decide_comment", args=[comment.pk])
    as_user(steward).post(decide, {"show": ""})
    assert "Buy my boxes" in html_of()
    as_user(leo).post(flag, {"reason": "Still"})
    assert "Buy my boxes" in html_of()
    refused = as_user(steward).post(decide, {"remove": ""}, follow=True).content.decode()
    assert "Say why" in refused and "Buy my boxes" in html_of()
    as_user(steward).post(decide, {"remove": "", "reason": "Advertising"})
    assert "Buy my boxes" not in html_of()


def test_a_moderator_decides_not_about_their_own(chapter: Any, roles: Any) -> None:
    own = member("mara", organisation("anrc"))
    mara = in_group(own, "Moderators")
    comment = written(mara, chapter, shown=False)
    as_user(mara).post(reverse("dfs_workflow_decide_comment", args=[comment.pk]), {"show": ""})
    assert ReaderComment.objects.get().state == "held"


def test_what_was_decided_otherwise_before_the_mail_was_written_is_told_once(
    awa: Any, chapter: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    sofia, sven = stewards()
    comment = written(awa, chapter, shown=False)
    with django_capture_on_commit_callbacks(execute=True):
        actions.decide_comment(by=sofia, comment=comment, show=True, at=timezone.now())
        later = timezone.now() + timedelta(seconds=1)
        actions.decide_comment(by=sven, comment=comment, show=False, reason="Advertising", at=later)
    assert ["was removed" in mail.subject for mail in mailoutbox if mail.to == [awa.email]] == [True]


def test_the_window_for_editing(awa: Any, chapter: Any, settings: Any) -> None:
    comment = written(awa, chapter)
    edit = reverse("dfs_workflow:edit_comment", args=[comment.pk])
    as_user(awa).post(edit, {"text": "Better said."})
    assert "Better said." in html_of() and "edited" in html_of()
    ReaderComment.objects.update(submit_date=timezone.now() - timedelta(minutes=16))
    late = as_user(awa).post(edit, {"text": "Too late"}).content.decode()
    assert "15 minutes" in late and "Too late</textarea>" in late and "Too late" not in html_of()
    as_user(awa).post(edit, {"take_back": ""})
    comment.refresh_from_db()
    assert "Better said." not in html_of() and comment.comment == ""


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD])
def test_a_page_that_is_closed_closes_its_comments_everywhere(
    awa: Any,
    leo: Any,
    chapter: Any,
    statement: Any,
    kind: str,
    mailoutbox: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    top = written(awa, statement, "Secret words")
    answer = written(leo, statement, "Known hand", reply_to=top)
    places = (STATEMENT, "/en/comments/", "/en/comments.atom", "/en/r/TST-1/comments.atom", "/api/v1/comments")
    assert all("Secret words" in html_of(url=path) for path in places)
    close(chapter, kind, password="open" if kind == PageViewRestriction.PASSWORD else "")
    strangers = [None] if kind == PageViewRestriction.LOGIN else [None, leo, stewards()[0]]
    for who in strangers:
        for path in places:
            assert "Secret words" not in html_of(who, path), (who, path)
        if who:
            assert send(who, STATEMENT, text="Let me in").status_code in (403, 404)
            assert as_user(who).get(reverse("dfs_workflow:flag_comment", args=[top.pk])).status_code == 403
    if kind != PageViewRestriction.LOGIN:
        assert "Secret words" not in html_of(
            stewards("sara", "sol")[0], reverse("dfs_workflow_comments") + "?state=shown"
        )
        with django_capture_on_commit_callbacks(execute=True):
            actions.comments.mails.tell_answered.enqueue(answer.pk)
            actions.comments.mails.tell_decision.enqueue(top.pk, "now")
        assert mailoutbox == []
        with pytest.raises(Exception, match="may not read"):
            written(leo, statement, "Around the form")
    else:
        assert "Secret words" in html_of(leo, STATEMENT)
    assert not ReaderComment.objects.filter(comment__in=["Let me in", "Around the form"]).exists()


def test_a_page_that_is_withdrawn_or_a_draft_has_no_comments(awa: Any, statement: Any) -> None:
    written(awa, statement, "Old words")
    with system_publication(reason="test"):
        statement.unpublish()
    assert Client().get(STATEMENT).status_code == 404
    assert "Old words" not in html_of(url="/en/comments/")


def test_comments_follow_their_statement_into_other_languages(awa: Any, home: Any, statement: Any) -> None:
    french, _created = Locale.objects.get_or_create(language_code="fr")
    written(awa, statement, "مرحبا", language="ar")
    with system_publication(reason="test"):
        for page in (home, statement.get_parent().specific, statement):
            page.copy_for_translation(french, copy_parents=True).save_revision().publish()
    with translation.override("fr"):
        html = html_of(url="/fr/r/TST-1/comments/")
    assert 'dir="auto" lang="ar"><p>مرحبا</p>' in html


def test_too_many_are_refused_and_nothing_is_lost(awa: Any, leo: Any, chapter: Any, settings: Any) -> None:
    written(awa, chapter)
    settings.DFS_WORKFLOW_COMMENTS_PER_HOUR = 2
    assert "already written" in send(awa, text="Well said.").content.decode()
    send(awa, text="Two")
    page = send(awa, text="Three").content.decode()
    assert "within an hour" in page and "Three</textarea>" in page
    settings.DFS_WORKFLOW_COMMENTS_PER_HOUR, settings.DFS_WORKFLOW_REQUESTS_PER_HOUR = 100, 1
    send(awa, text="Four")
    page = send(awa, text="Five").content.decode()
    assert "sent within an hour" in page and "Five</textarea>" in page
    assert "within an hour" not in send(leo, text="A colleague behind the same address").content.decode()


def test_the_feed_says_in_which_language_a_comment_is_written(awa: Any, chapter: Any) -> None:
    written(awa, chapter, "نعم", language="ar")
    assert 'xml:lang="ar">&lt;p&gt;نعم' in html_of(url="/en/chapter/comments.atom")


def test_nothing_typed_becomes_markup_or_a_header(awa: Any, leo: Any, chapter: Any) -> None:
    evil = "<script>alert(1)</script>\n\n[x](javascript:1)\n\nBcc: all@example.org"
    written(awa, chapter, evil)
    assert "<script>alert" not in html_of() and "&lt;script&gt;" in html_of()
    assert "&amp;lt;script&amp;gt;" in html_of(url="/en/chapter/comments.atom")
    assert Client().get("/api/v1/comments").json()["items"][0]["text"] == evil
    assert "control characters" in send(leo, text="a\x00b").content.decode()


def test_vendors_comment_but_speak_for_no_country(chapter: Any, roles: Any) -> None:
    vendor = member("vera", organisation("boxes", kind="vendor"))
    page = html_of(vendor)
    assert 'value="question"' in page and 'value="experience"' not in page
    assert "Select a valid choice" in send(vendor, kind="experience").content.decode()


def test_experience_is_always_looked_at_first(awa: Any, chapter: Any) -> None:
    written(awa, chapter)
    send(awa, kind="experience", text="How we did it")
    assert "How we did it" not in html_of()


def test_the_public_pages_of_the_library_are_not_mounted(client: Client, home: Any) -> None:
    paths = (
        "api/comment/",
        "sent/",
        "confirm/x/",
        "mute/x/",
        "reply/1/",
        "post/",
        "posted/",
        "flag/1/",
        "cr/1/1/",
        "like/1/",
    )
    for path in paths:
        assert client.get(f"/en/comments/{path}").status_code == 404, path
        assert client.get(f"/comments/{path}", follow=True).status_code == 404, path
        assert client.post(f"/comments/{path}", follow=True).status_code in (404, 405), path


def test_a_correction_becomes_a_proposal_with_its_words(awa: Any, leo: Any, statement: Any) -> None:
    comment = written(awa, statement, "Say SIM card, not chip.", kind="correction")
    link = f"/text/title/?comment={comment.pk}"
    html = html_of(leo, STATEMENT)
    assert link in html and link not in html_of(url=STATEMENT)
    form = html_of(leo, f"/en/propose/{statement.pk}{link}")
    assert "Say SIM card, not chip.</textarea>" in form


def test_a_member_takes_their_comments_along_and_is_forgotten(awa: Any, leo: Any, chapter: Any) -> None:
    top = written(awa, chapter, "My own words")
    written(leo, chapter, "An answer", reply_to=top)
    assert personal_data(awa)["comments"][0]["comment"] == "My own words"
    actions.erase_person(by=awa, user=awa, at=timezone.now())
    top.refresh_from_db()
    assert (top.comment, top.user_id) == ("", None)
    html = html_of()
    assert "My own words" not in html and "An answer" in html and "not shown" in html


def test_answers_are_kept_by_no_cache(awa: Any, chapter: Any) -> None:
    for path in (URL, "/en/comments/", "/en/comments.atom", "/api/v1/comments"):
        assert "no-store" in Client().get(path)["Cache-Control"], path
    assert person("outsider") and "You can't comment here" in html_of(person("nobody"))


def test_what_a_moderator_let_through_is_what_readers_get(awa: Any, chapter: Any) -> None:
    (moderator,) = [in_group(person("mo"), "Moderators")]
    comment = actions.write_comment(
        by=awa, page=chapter, kind="experience", text="As we did it.", language="en", at=timezone.now()
    )
    edit = reverse("dfs_workflow:edit_comment", args=[comment.pk])
    as_user(awa).post(edit, {"text": "As we really did it."})
    actions.decide_comment(by=moderator, comment=ReaderComment.objects.get(), show=True, at=timezone.now())
    as_user(awa).post(edit, {"text": "Buy our product."})
    assert "As we really did it." in html_of() and "Buy" not in html_of()
    as_user(awa).post(edit, {"take_back": ""})
    assert "As we really did it." not in html_of()


def test_a_number_that_is_too_large_is_nobodys_comment(leo: Any) -> None:
    for name in ("flag_comment", "edit_comment"):
        assert as_user(leo).get(reverse(f"dfs_workflow:{name}", args=[10**30])).status_code == 403
    url = reverse("dfs_workflow_decide_comment", args=[10**30])
    assert as_user(stewards()[0]).post(url, {"show": ""}, follow=True).status_code == 200
