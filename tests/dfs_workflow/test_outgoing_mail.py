"""The way out for mails: queued with the transaction, sent once, tried again with patience, given up."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from dfs_workflow.models import MailAddress, Membership, OutgoingMail, mail_words
from dfs_workflow.notifications import people, post, signed
from tests.dfs_workflow.conftest import as_user, person
from tests.dfs_workflow.people import member, membership, organisation, stewards
from tests.dfs_workflow.test_query_counts import questions

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def write(about: str = "1", to: str = "awa@example.org", kind: str = "relay", **fields: Any) -> bool:
    return post.write(kind, to, "en", subject="Hello", body="Words", about=about, **fields)


def deliver(**later: Any) -> OutgoingMail:
    """As the worker does, after a while."""
    if later:
        OutgoingMail.objects.filter(state="queued").update(next_at=timezone.now() - timedelta(seconds=1))
    post.deliver.call()
    return OutgoingMail.objects.order_by("pk").last()  # type: ignore[return-value]


class Server:
    """Answers the next recipients or mails as it is told, and keeps what it took."""

    def __init__(self) -> None:
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.taken: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer == "die":
            server.transport.abort()
            return "250 never heard"
        if answer.startswith("250"):
            self.taken.append(envelope)
        return answer


@pytest.fixture
def smtp(settings: Any) -> Iterator[Server]:
    server = Server()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DFS_WORKFLOW_BOUNCE_ADDRESS = "bounce@dfs.example"
    yield server
    controller.stop()


def test_a_mail_goes_out_over_a_real_connection_once_and_its_words_are_forgotten(smtp: Server) -> None:
    assert write() and not write()
    row = deliver()
    (envelope,) = smtp.taken
    assert envelope.rcpt_tos == ["awa@example.org"]
    assert signed.read_return_path(envelope.mail_from) == row.pk
    text = envelope.content.decode()
    assert "From: platform@testserver" in text and "Words" in text and "Auto-Submitted: auto-generated" in text
    assert (row.state, row.subject, row.body, row.attempts) == ("sent", "", "", 1)
    deliver(hours=1)
    assert len(smtp.taken) == 1 and not write()


def test_a_server_that_says_later_is_asked_later_and_at_last_given_up(smtp: Server) -> None:
    write()
    smtp.rcpt = ["451 greylisted"]
    row = deliver()
    assert row.state == "queued" and row.next_at > timezone.now() and "greylisted" in row.error
    post.deliver.call()
    assert OutgoingMail.objects.get().attempts == 1
    smtp.data = ["452 full"] * 20
    for _ in range(10):
        row = deliver(later=True)
    assert (row.state, row.attempts) == ("failed", len(post.MINUTES) + 1) and smtp.taken == []


def test_an_address_that_is_refused_three_times_is_left_in_peace(smtp: Server) -> None:
    for about in "123":
        write(about)
        smtp.rcpt = ["550 5.1.1 no such user"]
        assert deliver().state == "bounced"
    assert MailAddress.objects.get().paused_at is not None
    write("4")
    assert deliver().error == "the address is paused" and smtp.taken == []
    write("5", kind="account")
    assert deliver().state == "sent"


def test_who_breaks_off_after_the_words_may_have_taken_them_so_they_are_not_sent_again(smtp: Server) -> None:
    write()
    smtp.data = ["die"]
    row = deliver()
    assert row.state == "failed" and "unclear" in row.error
    write("2", to="leo@example.org")
    assert deliver(later=True).state == "sent"
    assert [envelope.rcpt_tos for envelope in smtp.taken] == [["leo@example.org"]]


def test_one_bad_address_stops_no_other(smtp: Server) -> None:
    for name in ("a", "b", "c"):
        write(name, to=f"{name}@example.org")
    smtp.rcpt = ["250 OK", "550 no"]
    deliver()
    assert dict(OutgoingMail.objects.values_list("address", "state")) == {
        "a@example.org": "sent",
        "b@example.org": "bounced",
        "c@example.org": "sent",
    }


def test_two_workers_send_no_mail_twice(mailoutbox: list[Any]) -> None:
    write()
    pk = OutgoingMail.objects.get().pk
    assert post.claim(pk, timezone.now()) is not None
    assert post.claim(pk, timezone.now()) is None
    post.deliver.call()
    assert mailoutbox == []


def test_a_worker_that_dies_leaves_a_mail_in_doubt_which_is_reported_and_not_repeated(mailoutbox: list[Any]) -> None:
    write()
    post.claim(OutgoingMail.objects.get().pk, timezone.now() - timedelta(hours=1))
    out = StringIO()
    call_command("send_mails", stdout=out)
    assert "1 mails may or may not have been sent." in out.getvalue() and mailoutbox == []
    steward, _second = stewards()
    client, url = as_user(steward), reverse("dfs_workflow_mails")
    html = client.get(url).content.decode()
    assert "the worker died" in html and "awa@example.org" in html
    again = reverse("dfs_workflow_send_again", args=[OutgoingMail.objects.get().pk])
    assert client.get(again).status_code == 405
    client.post(again)
    assert deliver().state == "sent" and len(mailoutbox) == 1
    client.post(again)
    deliver()
    assert len(mailoutbox) == 1


class Dead(EmailBackend):
    asked = 0

    def open(self) -> bool:
        Dead.asked += 1
        raise OSError("Name or service not known")


def test_a_dead_mail_server_costs_nothing_but_time(settings: Any, mailoutbox: list[Any], caplog: Any) -> None:
    for about in "12":
        write(about)
    settings.EMAIL_BACKEND = "tests.dfs_workflow.test_outgoing_mail.Dead"
    assert deliver().state == "queued" and import_string(settings.EMAIL_BACKEND).asked == 1
    assert "awa" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver(later=True).state == "sent"


def test_the_mail_and_its_place_in_the_queue_come_and_go_with_the_transaction(settings: Any) -> None:
    settings.TASKS = QUEUE
    with transaction.atomic():
        write("kept")
    with pytest.raises(RuntimeError), transaction.atomic():
        write("taken back")
        raise RuntimeError
    assert OutgoingMail.objects.count() == 1
    (job,) = DBTaskResult.objects.all()
    assert job.task_path == "dfs_workflow.notifications.post.deliver" and job.priority > 0


def test_a_leaver_gets_nothing_more(mailoutbox: list[Any]) -> None:
    awa = person("awa")
    write(person=awa)
    awa.is_active = False
    awa.save()
    assert deliver().error == "the account is closed" and mailoutbox == []


def test_the_list_says_in_words_what_each_mail_was_about_and_why_it_did_not_go() -> None:
    ending = "_subject.txt"
    kinds = {path.name.removesuffix(ending) for path in ROOT.glob(f"[ds]*/**/templates/*/mail/*{ending}")} | {"account"}
    assert len(kinds) > 25 and [kind for kind in sorted(kinds) if mail_words.kind_name(kind) == kind] == []
    awa = person("awa", is_active=False)
    write(person=awa, kind="admit")
    deliver()
    html = as_user(stewards()[0]).get(reverse("dfs_workflow_mails") + "?state=failed").content.decode()
    assert "The account is closed." in html and "<td>Request to join</td>" in html


def test_the_list_of_mails_asks_the_same_for_one_and_for_twenty() -> None:
    client = as_user(stewards()[0])
    url = reverse("dfs_workflow_mails") + "?state=queued"
    write("0")
    few = questions(client, url)
    for number in range(1, 20):
        write(str(number))
        MailAddress.objects.create(address=f"{number}@x.example", last_at=timezone.now(), paused_at=timezone.now())
    assert questions(client, url) == few


def test_the_queue_forgets_addresses_and_words_once_the_work_is_done(
    settings: Any, mailoutbox: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the worker closes its connection, and with it the transaction of a test on a server")
    awa, leo = (member(name, organisation(name)) for name in ("awa", "leo"))
    Membership.objects.update(may_be_contacted=True)
    settings.TASKS = QUEUE
    people.relay.enqueue(membership(awa).pk, membership(leo).pk, "Our secret", "Words")
    failing.enqueue("somebody@example.org")
    assert "Our secret" in str(list(DBTaskResult.objects.values("args_kwargs")))
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    assert len(mailoutbox) == 1 and "Our secret" in mailoutbox[0].body
    rows = DBTaskResult.objects.all()
    assert {row.status for row in rows} == {"SUCCESSFUL", "FAILED"}
    assert [row.args_kwargs for row in rows] == [{"args": [], "kwargs": {}}] * rows.count()


@task()
def failing(address: str) -> None:
    raise RuntimeError
