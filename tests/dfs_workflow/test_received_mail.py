"""Mails that arrive, as a mail server hands them over: answers become comments, returned mails are noted."""

import io
import json
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from dfs_workflow.gate import system_publication
from dfs_workflow.models import MailAddress, OutgoingMail, ReaderComment
from dfs_workflow.notifications import post, signed
from tests.dfs_workflow.commenting import written
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import member, organisation, stewards

pytestmark = pytest.mark.django_db
LETTERS = sorted((Path(__file__).parent / "letters").glob("*.eml"))
EXPECTED = json.loads((Path(__file__).parent / "letters/expected.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def arriving(settings: Any) -> None:
    settings.DFS_WORKFLOW_REPLY_ADDRESS = "reply@dfs.example"
    settings.DFS_WORKFLOW_BOUNCE_ADDRESS = "bounce@dfs.example"


@pytest.fixture
def awa(roles: Any, chapter: Any) -> Any:
    user = member("awa", organisation("anrc"))
    written(user, chapter, "I have written before.")
    return user


@pytest.fixture
def leo(roles: Any) -> Any:
    return member("leo", organisation("bank", kind="central-bank"))


@pytest.fixture
def asked(awa: Any, leo: Any, chapter: Any) -> ReaderComment:
    return written(leo, chapter, "What about eSIM?", kind="experience")


@pytest.fixture
def address(awa: Any, asked: ReaderComment) -> str:
    return signed.reply_to(awa.pk, asked.pk, timezone.localdate())


def receive(data: bytes, tmp_path: Path, recipient: str = "") -> tuple[int, str]:
    """How the command ended, and what it said."""
    file, out, err = tmp_path / "mail.eml", io.StringIO(), io.StringIO()
    file.write_bytes(data)
    try:
        call_command("receive_mail", str(file), recipient=recipient, stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), err.getvalue()
    return 0, out.getvalue()


def letter(to: str, sender: str = "Awa <awa@example.org>", text: str = "We ask for it too.", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: An answer to your comment"
    message["Message-ID"] = "<1@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def newest() -> ReaderComment:
    found = ReaderComment.objects.order_by("pk").last()
    assert found is not None
    return found


def test_an_answer_goes_round_from_the_mail_to_the_page(
    awa: Any, leo: Any, chapter: Any, mailoutbox: list[Any], tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    top = written(awa, chapter, "First words")
    with django_capture_on_commit_callbacks(execute=True):
        written(leo, chapter, "Old hand")
        as_user(leo).post("/en/chapter/comments/", {"kind": "question", "text": "And eSIM?", "reply_to": top.pk})
    (mail,) = mailoutbox
    to = mail.extra_headers["Reply-To"]
    assert len(to.partition("@")[0]) <= 64 and "Answer this mail" in mail.body
    assert mail.from_email.startswith("bounce+") and mail.extra_headers["From"] == "platform@testserver"
    quoted = "\n".join(f"> {line}" for line in mail.body.splitlines())
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        text = f"We ask for it too.\n\nOn 28 Nov 2026, at 10:00, Platform <platform@testserver> wrote:\n\n{quoted}\n"
        assert receive(letter(to.upper(), text=text), tmp_path) == (0, "Taken as a comment.\n")
    comment = newest()
    assert (comment.comment, comment.user, comment.level, comment.state) == ("We ask for it too.", awa, 2, "shown")
    assert "We ask for it too." in as_user(leo).get("/en/chapter/comments/").content.decode()
    assert [mail.to for mail in mailoutbox] == [[leo.email]]


def test_only_own_words_are_taken_whatever_program_wrote_them(awa: Any, address: str, tmp_path: Path) -> None:
    taken = {}
    for path in LETTERS:
        data = path.read_bytes().replace(b"REPLY-ADDRESS", address.encode())
        assert receive(data, tmp_path) == (0, "Taken as a comment.\n"), path.stem
        assert newest().kind == "question"
        taken[path.stem] = newest().comment
        newest().delete()
    assert taken == EXPECTED and len(taken) >= 19


@pytest.mark.parametrize(
    "sender", ["Eve <eve@example.net>", "awa@example.org, eve@example.net", "Awa <leo@example.org>"]
)
def test_who_writes_from_elsewhere_is_not_taken_for_the_member(
    sender: str, awa: Any, address: str, tmp_path: Path, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    before = ReaderComment.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert "Refused" in receive(letter(address, sender, "Forged words"), tmp_path)[1]
    assert ReaderComment.objects.count() == before
    (mail,) = mailoutbox
    assert mail.to == ["awa@example.org"] and "another address" in mail.body and "Forged words" not in mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated" and "Reply-To" not in mail.extra_headers


def test_a_mail_that_is_too_old_is_refused_with_what_was_written(
    awa: Any, asked: ReaderComment, tmp_path: Path, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    UserProfile.objects.update_or_create(user=awa, defaults={"preferred_language": "fr"})
    old = signed.reply_to(awa.pk, asked.pk, timezone.localdate() - timedelta(days=61))
    with django_capture_on_commit_callbacks(execute=True):
        receive(letter(old, text="Mots perdus"), tmp_path)
    assert not ReaderComment.objects.filter(comment="Mots perdus").exists()
    (mail,) = mailoutbox
    assert "Mots perdus" in mail.body and "trop ancien" in mail.body and "/fr/chapter/comments/" in mail.body


@pytest.mark.parametrize("change", [("reply+", "reply+z"), ("-", "-1"), ("@", "x@"), ("reply+", "reply")])
def test_an_address_that_was_not_written_here_is_nobody(
    change: tuple[str, str], awa: Any, address: str, tmp_path: Path, mailoutbox: list[Any]
) -> None:
    code, said = receive(letter(address.replace(*change, 1)), tmp_path)
    assert code == 67 and said.strip() and mailoutbox == []
    awa.is_active = False
    awa.save()
    assert receive(letter(address), tmp_path)[0] == 67


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<all.example.org>"},
        {"Return_Path": "<>"},
    ],
)
def test_no_program_is_taken_for_a_person_or_answered(
    headers: dict[str, str], address: str, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    before = ReaderComment.objects.count()
    for sender in ("awa@example.org", "eve@example.net"):
        assert receive(letter(address, sender, **headers), tmp_path) == (0, "Ignored: written by a program.\n")
    assert ReaderComment.objects.count() == before and not OutgoingMail.objects.exists()


def test_our_own_mails_come_to_nothing_when_they_come_back(awa: Any, address: str, tmp_path: Path) -> None:
    from dfs_workflow.notifications.letter import letter as ours

    message = ours("Hello", "Words", address)
    message.from_email = "awa@example.org"
    assert "Ignored" in receive(message.message().as_bytes(), tmp_path)[1]


def test_the_rules_of_the_page_hold_for_mails(
    awa: Any, leo: Any, asked: ReaderComment, chapter: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    zoe = member("zoe", organisation("zoe"))
    first = signed.reply_to(zoe.pk, asked.pk, timezone.localdate())
    receive(letter(first, zoe.email, "My first words"), tmp_path)
    html = as_user(leo).get("/en/chapter/comments/").content.decode()
    assert newest().state == "held" and "My first words" not in html
    mine = signed.reply_to(awa.pk, asked.pk, timezone.localdate())
    for text in ("", "> only quoted", "x" * 3001):
        assert "Refused" in receive(letter(mine, text=text), tmp_path)[1]
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type="password", password="p")
    assert "Refused" in receive(letter(mine, text="Behind a closed door"), tmp_path)[1]
    with system_publication(reason="test"):
        PageViewRestriction.objects.all().delete()
    ReaderComment.objects.filter(pk=asked.pk).update(state="hidden")
    assert "Refused" in receive(letter(mine, text="To what is hidden"), tmp_path)[1]
    assert not ReaderComment.objects.filter(comment__in=["Behind a closed door", "To what is hidden"]).exists()


def returned(mail: OutgoingMail, status: str = "5.1.1", action: str = "failed", to: str = "") -> bytes:
    """As Postfix writes it."""
    to = to or signed.return_path(mail.pk)
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Sat, 28 Nov 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; {mail.address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} User unknown

--B
Content-Type: text/rfc822-headers

Subject: Hello

--B--
""".encode()


def sent(awa: Any, about: str) -> OutgoingMail:
    post.write("answered", awa.email, "en", subject="S", body="B", about=about, person=awa)
    OutgoingMail.objects.filter(state="queued").update(state="sent")
    found = OutgoingMail.objects.order_by("pk").last()
    assert found is not None
    return found


def test_what_comes_back_three_times_ends_the_mails_until_the_person_says_it_works(
    awa: Any, tmp_path: Path, mailoutbox: list[Any]
) -> None:
    mails = [sent(awa, about) for about in "123"]
    assert receive(returned(mails[0]), tmp_path) == (0, "Recorded: a mail came back.\n")
    assert "before" in receive(returned(mails[0]), tmp_path)[1]
    assert "Ignored" in receive(returned(mails[1], "4.4.1", "delayed"), tmp_path)[1]
    assert MailAddress.objects.get().hard_bounces == 1
    for mail in mails[1:]:
        receive(returned(mail), tmp_path)
    assert OutgoingMail.objects.filter(state="bounced").count() == 3
    post.write("answered", awa.email, "en", subject="S", body="B", about="4", person=awa)
    post.deliver.call()
    assert mailoutbox == []
    client, account = as_user(awa), reverse("dfs_workflow:account")
    assert "Mails to your address came back" in client.get(account).content.decode()
    html = as_user(stewards()[0]).get(reverse("dfs_workflow_mails")).content.decode()
    assert "Paused addresses" in html and "awa@example.org" in html and "User unknown" in html
    client.post(reverse("dfs_workflow:resume_mails"))
    assert "came back" not in client.get(account).content.decode()
    post.write("answered", awa.email, "en", subject="S", body="B", about="5", person=awa)
    post.deliver.call()
    assert len(mailoutbox) == 1


def test_a_forged_return_is_nobody(awa: Any, tmp_path: Path) -> None:
    mail = sent(awa, "1")
    forged = f"bounce+{mail.pk}-aaaaaaaaaaaaaaaaaaaa@dfs.example"
    assert receive(returned(mail, to=forged), tmp_path)[0] == 67
    assert not MailAddress.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 50, b"From: a\nTo: b\n\n", b"Content-Type: multipart/mixed\n\nx"])
def test_garbage_is_nobody_and_never_an_error(data: bytes, tmp_path: Path) -> None:
    assert receive(data, tmp_path)[0] == 67


@pytest.mark.parametrize(
    "head", [b"Content-Type: multipart/mixed; boundary=x\n", b"Content-Type: text/plain; charset=?\n"]
)
def test_garbage_behind_a_good_address_is_refused(head: bytes, awa: Any, address: str, tmp_path: Path) -> None:
    data = b"From: awa@example.org\nTo: " + address.encode() + b"\n" + head + b"\n\xff\xfe\x00"
    assert receive(data, tmp_path)[0] == 0


def test_nobody_floods_a_member_with_refusals_through_an_address_they_saw(
    awa: Any, address: str, mailoutbox: list[Any], tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    said = []
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(9):
            data = letter(address, "Eve <eve@example.net>").replace(b"<1@example.org>", b"<%d@example.net>" % number)
            said.append(receive(data, tmp_path))
    assert said[:3] == [(0, "Refused: the member is told why.\n")] * 3
    assert {said for _code, said in said[3:]} == {"Refused: the member heard of others today and is told no more.\n"}
    assert [mail.to for mail in mailoutbox] == [[awa.email]] * 3
    assert receive(letter(address), tmp_path) == (0, "Taken as a comment.\n")
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert receive(letter(address, "Eve <eve@example.net>", Date="now"), tmp_path)[1].startswith(
        "Refused: the member is"
    )
