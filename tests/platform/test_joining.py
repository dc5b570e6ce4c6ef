"""From the question to take part to a working account, as a person meets it: forms, mails, links."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
from django.utils import timezone

from dfs_site.logs import HideSecrets
from dfs_workflow import actions
from dfs_workflow.models import Invitation, JoinRequest, Membership
from dfs_workflow.notifications.people import INVITE_SALT
from tests.dfs_workflow.conftest import as_user, person
from tests.dfs_workflow.people import member, membership, organisation, stewards, verified_domain

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PASSWORD = "long-and-not-in-any-list-7"
ANSWERS = {"name": "Awa Diop", "email": "awa@anrc.example", "organisation": "anrc", "why": "To compare notes."}


@pytest.fixture(autouse=True)
def mails_are_sent(django_capture_on_commit_callbacks: Any, mailoutbox: list[Any]) -> Any:
    """Within the request, as after a commit."""
    import django.test.client as client_module

    original = client_module.Client.request

    def request(self: Client, **kwargs: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return original(self, **kwargs)

    client_module.Client.request = request  # type: ignore[method-assign]
    yield mailoutbox
    client_module.Client.request = original  # type: ignore[method-assign]


def link_in(mail: Any) -> str:
    found = re.search(r"http://testserver(/\S+)", mail.body)
    assert found, mail.body
    return found[1]


def ask(client: Client, **changed: str) -> Any:
    return client.post("/en/join/", {**ANSWERS, **changed})


def test_a_regulator_joins_from_the_form_to_the_charter(mailoutbox: list[Any]) -> None:
    own = organisation()
    verified_domain(own, "anrc.example")
    focal = member("fanta", own, focal_slot=1)
    stewards()
    charter = actions.publish_charter(by=None, texts={"en": "Be fair."}, at=NOW)
    actions.accept_charter(by=focal, number=charter.number, at=NOW)
    client = Client()
    assert ask(client).url == "/en/join/sent/"
    assert [mail.to for mail in mailoutbox] == [["awa@anrc.example"]]
    verify = link_in(mailoutbox[0])
    assert b"Yes, send it" in client.get(verify).content
    assert JoinRequest.objects.get().verified_at is None
    client.post(verify)
    assert [mail.to for mail in mailoutbox[1:]] == [[focal.email]]
    desk = as_user(focal)
    decide = link_in(mailoutbox[1])
    row = JoinRequest.objects.get()
    assert b"Awa Diop" in desk.get(decide).content
    desk.post(f"{decide}{row.pk}/", {"decision": "admit"})
    invitation = link_in(mailoutbox[2])
    response = client.get(invitation)
    assert b"ANRC" in response.content and not User.objects.filter(email="awa@anrc.example").exists()
    before = client.cookies.get("sessionid")
    response = client.post(invitation, {"name": "Awa Diop", "password1": PASSWORD, "password2": PASSWORD})
    assert response.url == "/en/charter/?next=%2Fen%2Faccounts%2F2fa%2F"
    assert client.cookies["sessionid"] != before
    awa = User.objects.get(email="awa@anrc.example")
    assert (awa.get_full_name(), membership(awa).organisation) == ("Awa Diop", own)
    assert b"Be fair." in client.get(response.url).content
    assert client.post("/en/charter/", {"number": "1", "next": "/en/members/"}).url == "/en/members/"
    assert client.get("/en/members/").status_code == 200
    assert Client().get(invitation).status_code == 409


def test_nobody_signs_up_alone() -> None:
    assert Client().get("/en/accounts/signup/").url == "/en/join/"
    assert Client().post("/en/accounts/signup/", {"email": "x@x.example", "password1": PASSWORD}).status_code == 302
    assert not User.objects.exists()


def test_the_answer_is_the_same_for_a_known_address(mailoutbox: list[Any]) -> None:
    own = organisation()
    known = member("known", own)
    answers = [ask(Client(), email=email) for email in (known.email, "new@anrc.example")]
    assert len({(answer.status_code, answer.url, answer.content) for answer in answers}) == 1
    assert [mail.subject for mail in mailoutbox] == ["You have an account already", "Please confirm your address"]
    reset = [Client().post("/en/accounts/password/reset/", {"email": e}) for e in (known.email, "x@anrc.example")]
    assert len({(answer.status_code, answer.url) for answer in reset}) == 1
    assert [mail.to[0] for mail in mailoutbox[2:]] == [known.email, "x@anrc.example"]
    wrong = [
        Client().post("/en/accounts/login/", {"login": login, "password": "wrong"}).content.decode()
        for login in (known.email, "x@anrc.example")
    ]
    assert len({re.sub(r"csrfmiddlewaretoken\" value=\"\w+|value=\"[^\"]*@[^\"]*\"", "", html) for html in wrong}) == 1


def test_a_machine_is_thanked_and_nothing_kept(mailoutbox: list[Any]) -> None:
    organisation()
    assert ask(Client(), homepage="https://spam.example").url == "/en/join/sent/"
    assert not JoinRequest.objects.exists() and not mailoutbox


@pytest.mark.parametrize("has_account", [False, True])
def test_a_mailbox_is_not_flooded_and_one_network_asks_so_often(
    has_account: bool, mailoutbox: list[Any], settings: Any
) -> None:
    organisation()
    email = person("known").email if has_account else ANSWERS["email"]
    settings.DFS_WORKFLOW_REQUESTS_PER_HOUR = 6
    statuses = [ask(Client(), email=email).status_code for _n in range(8)]
    assert statuses == [302] * 6 + [429] * 2
    assert len(mailoutbox) == 3


@pytest.mark.parametrize("field", ["name", "job_title", "new_organisation"])
def test_no_field_carries_a_header_into_a_mail(field: str, mailoutbox: list[Any]) -> None:
    organisation()
    for end in ("\r\n", "\u0085"):
        response = ask(Client(), **{field: f"Awa{end}Bcc: victim@example.org"})
        assert response.status_code == 200 and "one line" in response.content.decode()
    response = ask(Client(), email="awa@anrc.example\nBcc: victim@example.org")
    assert response.status_code == 200 and not mailoutbox


def test_a_mail_to_an_unproved_address_carries_no_words_of_who_asked(mailoutbox: list[Any]) -> None:
    organisation()
    ask(Client(), name="Win a prize at spam.example", email="victim@example.org", why="Buy now")
    (mail,) = mailoutbox
    assert "prize" not in mail.body + mail.subject and "Buy" not in mail.body


def make_invitation(**fields: Any) -> tuple[Invitation, str]:
    own = organisation()
    (steward, _second) = stewards()
    row = actions.invite(by=steward, organisation=own, email="leo@anrc.example", name="Leo", at=NOW, **fields)
    return row, f"/en/invitation/{signing.dumps([row.pk, row.nonce], salt=INVITE_SALT)}/"


def test_an_invitation_can_not_be_forged_reused_outlived_or_kept_after_its_withdrawal() -> None:
    row, good = make_invitation()
    answers = {"name": "Leo", "password1": PASSWORD, "password2": PASSWORD}
    forged = [
        good[:-3] + "xx/",
        f"/en/invitation/{signing.dumps([row.pk, 'x' * 32], salt=INVITE_SALT)}/",
        f"/en/invitation/{signing.dumps([row.pk, row.nonce], salt='another.salt')}/",
        f"/en/invitation/{signing.dumps([row.pk, row.nonce], key='k' * 60, salt=INVITE_SALT)}/",
        f"/en/invitation/{signing.dumps(row.pk, salt=INVITE_SALT)}/",
        f"/en/invitation/{signing.dumps({'a': 1}, salt=INVITE_SALT)}/",
        "/en/invitation/x/",
    ]
    for link in forged:
        assert Client().post(link, answers).status_code == 409, link
    for changed in ({"expires_at": NOW - timedelta(minutes=1)}, {"withdrawn_at": NOW}, {"used_at": NOW}):
        Invitation.objects.filter(pk=row.pk).update(**changed)
        assert Client().post(good, answers).status_code == 409
        Invitation.objects.filter(pk=row.pk).update(expires_at=row.expires_at, withdrawn_at=None, used_at=None)
    assert Client().post(good, answers).status_code == 302
    assert Client().post(good, answers).status_code == 409
    assert Membership.objects.count() == 1


def test_an_invitation_opens_no_account_that_is_already_there() -> None:
    _row, link = make_invitation()
    existing = User.objects.create_user("leo", "leo@anrc.example", PASSWORD)
    answers = {"name": "Thief", "password1": PASSWORD + "x", "password2": PASSWORD + "x"}
    for client in (Client(), as_user(person("thief"))):
        assert client.post(link, answers).status_code == 200
    existing.refresh_from_db()
    assert existing.check_password(PASSWORD) and not Membership.objects.exists()
    assert as_user(existing).post(link).status_code == 302
    assert membership(existing).organisation.key == "anrc"


def test_an_invitation_gives_a_closed_account_back_without_its_rights() -> None:
    _row, link = make_invitation()
    closed = User.objects.create_superuser("leo", "leo@anrc.example", PASSWORD, is_active=False)
    Client().post(link, {"name": "Leo", "password1": PASSWORD + "x", "password2": PASSWORD + "x"})
    closed.refresh_from_db()
    assert closed.is_active and not closed.is_superuser and not closed.has_perm("dfs_workflow.steward")


def test_weak_and_differing_passwords_are_refused_in_one_sentence() -> None:
    _row, link = make_invitation()
    for first, second in (("short", "short"), ("leo@anrc.example", "leo@anrc.example"), (PASSWORD, PASSWORD + "x")):
        response = Client().post(link, {"name": "Leo", "password1": first, "password2": second})
        assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert not User.objects.filter(email="leo@anrc.example").exists()


def test_the_links_that_open_something_are_kept_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(HideSecrets())
    for path in (
        "join/verify/secret-token/",
        "invitation/secret-token/",
        "accounts/password/reset/key/1-secret-token/x/",
    ):
        Client().get(f"/en/{path}")
    assert "secret-token" not in caplog.text and "/invitation/" in caplog.text
