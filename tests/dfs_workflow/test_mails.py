"""Who hears of a review: those who can decide it, in their language, and who submitted it once it is decided."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import translation
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from dfs_workflow import actions
from dfs_workflow.models import OutgoingMail
from dfs_workflow.notifications.letter import letter
from tests.dfs_workflow.conftest import as_user, in_group, person
from tests.dfs_workflow.test_bundle import draft
from tests.dfs_workflow.test_live_changes import ask, ask_about
from tests.dfs_workflow.test_review import decide, submit
from tests.dfs_workflow.world import make_term


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Mails go out when the transaction ends, which a test never does by itself."""

    def run(function, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return function(*args, **kwargs)

    return run


def recipients():
    return sorted(address for message in mail.outbox for address in message.to)


def opened(user, message):
    """Follows the link of a mail."""
    (url,) = re.findall(r"^http://testserver(/admin/\S+)$", message.body, re.MULTILINE)
    return as_user(user).get(url)


def test_those_who_can_decide_a_page_get_a_link_to_it(statement, editor, reviewer, moderator, root_user, committed):
    committed(submit, editor, statement, "New words")
    assert recipients() == [moderator.email, reviewer.email]
    message = next(message for message in mail.outbox if message.to == [reviewer.email])
    assert message.subject == f"Awaiting your review: “{statement.title}”"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "editor submitted" in message.body
    assert 'data-workflow-action-name="approve"' in opened(reviewer, message).content.decode()


def test_nobody_hears_of_their_own_work(statement, chapter, editor, reviewer, moderator, second_moderator, committed):
    draft(statement, reviewer)
    committed(submit, moderator, statement, "New words")
    assert recipients() == [second_moderator.email]
    mail.outbox.clear()
    mine = draft(chapter, reviewer)
    committed(actions.submit_bundle, title="Chapter", objects=[mine], by=moderator, reason="Two words")
    assert recipients() == [second_moderator.email]
    assert "Two words" in mail.outbox[0].body
    assert 'value="approve"' in opened(second_moderator, mail.outbox[0]).content.decode()


def test_terms_and_changes_to_what_is_live_are_told_too(statement, english, moderator, reviewer, committed):
    committed(ask_about, moderator, make_term(english), "withdraw")
    committed(ask, moderator, statement, "delete")
    term = make_term(english)
    term.save_revision(user=moderator)
    committed(term.get_workflow().start, term, moderator)
    assert recipients() == 3 * [reviewer.email]
    assert [opened(reviewer, message).status_code for message in mail.outbox] == 3 * [200]
    assert "It is out of date." in mail.outbox[0].body


def test_a_superuser_hears_of_it_only_as_a_member(statement, editor, root_user, reviewer, committed, settings):
    settings.WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = True
    committed(submit, editor, statement, "New words")
    assert recipients() == [reviewer.email]
    mail.outbox.clear()
    in_group(root_user, "Reviewers", "Moderators")
    committed(submit, editor, statement.get_next_sibling().specific, "New words")
    assert recipients() == [reviewer.email, root_user.email]


@pytest.fixture
def catalogues(tmp_path, settings):
    """Compiled beside the source, as they may or may not have been there."""
    for code in ("fr", "ar"):
        source = Path(apps.get_app_config("dfs_workflow").path) / f"locale/{code}/LC_MESSAGES/django.po"
        folder = tmp_path / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        polib.pofile(str(source)).save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]


@pytest.mark.usefixtures("catalogues")
def test_each_reads_it_in_their_language(statement, editor, reviewer, moderator, committed):
    UserProfile.objects.update_or_create(user=reviewer, defaults={"preferred_language": "fr"})
    UserProfile.objects.update_or_create(user=moderator, defaults={"preferred_language": "ar"})
    committed(submit, editor, statement, "New words")
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects[reviewer.email].startswith("En attente de votre relecture")
    assert subjects[moderator.email].startswith("في انتظار مراجعتك")
    parts = {message.to[0]: message.alternatives for message in mail.outbox}
    assert parts[reviewer.email] == []
    ((html, kind),) = parts[moderator.email]
    assert kind == "text/html"
    assert '<html lang="ar" dir="rtl">' in html
    assert '<a dir="ltr" href="http://testserver/admin/' in html


def test_who_wants_none_gets_none(statement, editor, reviewer, moderator, committed):
    UserProfile.objects.update_or_create(user=reviewer, defaults={"submitted_notifications": False})
    moderator.is_active = False
    moderator.save()
    committed(submit, editor, statement, "New words")
    assert recipients() == []


@pytest.mark.parametrize(("name", "word"), [("approve", "Approved"), ("reject", "Returned")])
def test_who_submitted_hears_the_outcome(name, word, statement, editor, reviewer, committed):
    submit(editor, statement, "New words")
    committed(decide, reviewer, statement, name, comment="Because of this")
    assert recipients() == [editor.email]
    assert mail.outbox[0].subject.startswith(word)
    assert "Because of this" in mail.outbox[0].body
    assert opened(editor, mail.outbox[0]).status_code == 200


def test_nothing_is_sent_before_the_end_or_when_it_is_taken_back(
    statement, chapter, editor, reviewer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        submit(editor, statement, "New words")
        assert recipients() == []
        statement.current_workflow_state.cancel(user=editor)
    assert recipients() == []
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        actions.submit_bundle(title="Chapter", objects=[draft(chapter, editor)], by=editor)
        raise RuntimeError
    assert recipients() == []


class FailingBackend(EmailBackend):
    def open(self):
        raise OSError("Name or service not known")


class RefusingBackend(EmailBackend):
    def send_messages(self, messages):
        if "reviewer@example.org" in messages[0].to:
            raise OSError("Connection lost")
        return super().send_messages(messages)


def test_a_dead_mail_server_stops_nothing(statement, editor, reviewer, committed, settings):
    settings.EMAIL_BACKEND = "tests.dfs_workflow.test_mails.FailingBackend"
    response = committed(submit, editor, statement, "New words")
    assert "submitted for moderation" in response.content.decode()
    committed(decide, reviewer, statement, "approve")
    assert type(statement).objects.get(pk=statement.pk).text == "New words"
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"queued"}


def test_one_bad_address_stops_no_other(statement, editor, reviewer, moderator, committed, settings, caplog):
    settings.EMAIL_BACKEND = "tests.dfs_workflow.test_mails.RefusingBackend"
    committed(submit, editor, statement, "New words")
    assert recipients() == [moderator.email]
    assert OutgoingMail.objects.get(address=reviewer.email).state == "failed"
    assert "was not sent" in caplog.text and reviewer.email not in caplog.text


def test_a_line_break_in_a_title_makes_no_header(chapter, editor, reviewer, committed):
    title = "Chapter\nBcc: all@example.org"
    committed(actions.submit_bundle, title=title, objects=[draft(chapter, editor)], by=editor)
    assert mail.outbox[0].subject == "Awaiting your review: “Chapter Bcc: all@example.org”"


def test_a_foreign_review_keeps_the_mails_of_wagtail(foreign, root_user, second):
    group = Group.objects.create(name="Theirs")
    member = in_group(person("member"), "Theirs")
    task = GroupApprovalTask.objects.create(name="Their step")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Theirs")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    foreign.save_revision(user=root_user)
    workflow.start(foreign, root_user)
    assert recipients() == [member.email]
    assert "Their step" in mail.outbox[0].body
    mail.outbox.clear()
    state = TaskState.objects.get()
    task.on_action(state, second, "reject", comment="No")
    assert recipients() == [root_user.email]


def test_an_english_reason_in_an_arabic_mail_keeps_its_full_stop_at_its_end():
    with translation.override("ar"):
        message = letter("رفض", "رُفض الطلب.\n\nSee <b>C34</b> first.\nالسبب: Not yet.\nمرحباً SIM.", "a@example.org")
    ((html, _kind),) = message.alternatives
    assert "<p><bdi>See &lt;b&gt;C34&lt;/b&gt; first.</bdi><br>السبب: <bdi>Not yet.</bdi><br>مرحباً SIM." in html
    assert "<p>رُفض الطلب.</p>" in html
