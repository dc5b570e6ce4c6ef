"""Signing in: password and second factor, forced for who can enter the admin; sessions that can't be fixed or kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from dfs_site.demo_accounts import ACCOUNTS
from dfs_workflow import actions
from tests.dfs_workflow.conftest import PASSWORD, as_user, person
from tests.dfs_workflow.people import member, membership, organisation, stewards

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_production(settings: Any) -> None:
    settings.DFS_REQUIRE_SECOND_FACTOR = True


def code(secret: str, step: int = 0) -> str:
    counter = next(yield_hotp_counters_from_time()) + step
    return format_hotp_value(hotp_value(secret, counter))


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/en/accounts/login/", {"login": login, "password": password, **more})


def test_the_admin_opens_only_with_a_second_factor() -> None:
    steward, _second = stewards()
    User.objects.update(date_joined=timezone.now() - timedelta(days=9))
    client = Client()
    assert client.get("/admin/login/?next=/admin/").url == "/en/accounts/login/?next=/admin/"
    assert sign_in(client, steward.email, next="/admin/").url == "/admin/"
    for path in ("/admin/", "/admin/organisations/", "/en/members/requests/", "/en/account/"):
        assert client.get(path).url.startswith("/en/accounts/2fa/?next="), path
    assert client.post("/en/join/", {}).url.startswith("/en/accounts/2fa/")
    assert client.get("/en/join/").status_code == 200
    page = client.get("/en/accounts/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page.content.decode())
    assert secret, (page.status_code, page.get("Location"))
    assert client.post("/en/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert client.post("/en/accounts/2fa/totp/activate/", {"code": code(secret[1])}).status_code == 302
    assert client.get("/admin/").status_code == 200
    stale = as_user(User.objects.get(username="sven"))
    assert "/reauthenticate/" in stale.get("/en/accounts/2fa/totp/activate/").url
    later = Client()
    assert sign_in(later, steward.email).url == "/en/accounts/2fa/authenticate/"
    assert later.get("/admin/").status_code == 302
    assert later.post("/en/accounts/2fa/authenticate/", {"code": "123456"}).status_code == 200
    kept = Authenticator.objects.get(user=steward, type="totp")
    assert get_adapter().decrypt(kept.data["secret"]) == secret[1]
    assert later.post("/en/accounts/2fa/authenticate/", {"code": code(secret[1], 1)}).status_code == 302
    assert later.get("/admin/").status_code == 200


def test_the_password_alone_is_enough_for_a_member_without_the_admin() -> None:
    someone = member("awa", organisation())
    client = Client()
    assert sign_in(client, someone.email).url == "/en/account/"
    assert client.get("/en/account/").status_code == 200
    assert client.get("/admin/").status_code == 403


def test_who_may_not_enter_the_admin_is_told_so_and_not_sent_around() -> None:
    stewards()
    answer = as_user(member("awa", organisation())).get("/admin/")
    assert answer.status_code == 403
    assert "does not open the editors’ part" in answer.content.decode()


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_the_accounts_of_the_demo_skip_it_and_only_in_the_demo(settings: Any, is_demo: bool) -> None:
    settings.DEMO = is_demo
    stewards(ACCOUNTS[-1].username, "other")
    answers = [as_user(User.objects.get(username=name)).get("/admin/") for name in (ACCOUNTS[-1].username, "other")]
    assert [answer.status_code for answer in answers] == ([200, 302] if is_demo else [302, 302])


def test_signing_in_and_out_changes_the_session_and_ends_it() -> None:
    person("awa")
    client = Client()
    client.session["planted"] = "x"
    client.cookies["sessionid"] = "planted-by-somebody-else"
    sign_in(client, "awa")
    key = client.cookies["sessionid"].value
    assert key != "planted-by-somebody-else"
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/en/account/").status_code == 200
    client.post("/admin/logout/")
    assert thief.get("/en/account/").status_code == 302


def test_guessing_passwords_ends_soon() -> None:
    person("awa")
    client = Client()
    answers = [sign_in(client, "awa", "wrong").content.decode() for _n in range(12)]
    assert "Too many failed login attempts" in answers[-1]
    assert sign_in(client, "awa").status_code == 200


@pytest.mark.parametrize("login", ["awa", "awa@example.org", "nobody", "nobody@example.org", "closed@example.org"])
def test_a_wrong_password_takes_as_long_for_everybody(login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly all of the time goes into hashing: it is done once, whoever is asked for."""
    person("awa")
    person("closed", is_active=False)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    sign_in(Client(), login, "wrong")
    assert len(hashed) == 1


@pytest.mark.parametrize("path", ["join", "accounts/password/reset"])
def test_a_request_does_the_same_work_for_a_known_address(path: str, mailoutbox: list[Any]) -> None:
    """The rest is the worker's, so that no time tells who is known."""
    known, work = member("awa", organisation()), []
    for email in (known.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            fields = {"name": "Awa", "email": email, "organisation": "anrc", "why": "To compare notes."}
            assert Client().post(f"/en/{path}/", fields).status_code == 302
        work.append([query["sql"].split()[0] for query in queries])
    assert work[0] == work[1] and not mailoutbox


def test_a_leaver_loses_sessions_resets_and_the_password(
    mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    own = organisation()
    focal, leaver = member("fanta", own, focal_slot=1), member("leo", own)
    client = Client()
    sign_in(client, leaver.email)
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/en/accounts/password/reset/", {"email": leaver.email})
    link = re.search(r"http://testserver(\S+)", mailoutbox[-1].body)
    assert link
    actions.end_membership(by=focal, membership=membership(leaver), reason="Left", at=timezone.now())
    assert client.get("/en/account/").url.startswith("/en/accounts/login/")
    assert sign_in(Client(), leaver.email).status_code == 200
    answer = Client().get(link[1], follow=True).content.decode()
    assert "password1" not in answer
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().post("/en/accounts/password/reset/", {"email": leaver.email}).status_code == 302
    assert mailoutbox[-1].subject == "No account with this address"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_an_account_stand_in_the_frame_without_inline_scripts(language: str) -> None:
    client = as_user(member("awa", organisation()))
    pages = ["login", "password/reset", "2fa", "2fa/totp/activate", "2fa/webauthn/add", "sessions", "password/change"]
    for name in pages:
        response = (Client() if name in {"login", "password/reset"} else client).get(
            f"/{language}/accounts/{name}/", follow=True
        )
        html = response.content.decode()
        assert response.status_code == 200 and html.count("<h1") == 1 and "dfs_workflow/look.css" in html, name
        scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html)
        assert scripts == [] and " style=" not in html and "onclick" not in html, name


def with_app(user: User) -> None:
    Authenticator.objects.create(user=user, type="totp", data={"secret": get_adapter().encrypt("A" * 16)})


def test_a_steward_resets_a_lost_second_factor_and_the_person_comes_back_by_mail(
    mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    steward, _second = stewards()
    with_app(steward)
    lost = member("awa", organisation())
    with_app(lost)
    device = Client()
    device.force_login(lost)
    assert device.get("/en/account/").status_code == 200
    desk, url = as_user(steward), f"/en/members/second-factor/{lost.pk}/"
    assert url in desk.get("/en/members/organisations/anrc/").content.decode()
    assert "This field is required" in desk.post(url, {"reason": ""}).content.decode()
    assert Authenticator.objects.filter(user=lost).exists()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"reason": "Lost phone; I rang her office."})
    assert not Authenticator.objects.filter(user=lost).exists()
    assert device.get("/en/account/").url.startswith("/en/accounts/login/")
    assert sign_in(Client(), lost.email).status_code == 200
    (mail,) = mailoutbox
    assert mail.to == [lost.email] and "http://testserver/en/accounts/password/reset/" in mail.body
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/en/accounts/password/reset/", {"email": lost.email})
    link = re.search(r"http://testserver(/en/accounts/password/reset/key/\S+)", mailoutbox[-1].body)
    assert link
    client = Client()
    form = client.get(link[1], follow=True)
    new = "a-new-sentence-of-hers-2"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(Client(), lost.email, new).url == "/en/account/"
    history = desk.get("/en/members/organisations/anrc/history/").content.decode()
    assert "Second factor reset" in history and "I rang her office" in history


def test_nobody_resets_their_own_nor_that_of_the_operator_and_only_stewards_do() -> None:
    steward, second = stewards()
    operator, someone = person("root", is_superuser=True), member("awa", organisation(), focal_slot=1)
    for user in (steward, second, operator, someone):
        with_app(user)

    def tried(by: User, about: User) -> int:
        answer: int = as_user(by).post(f"/en/members/second-factor/{about.pk}/", {"reason": "Why not."}).status_code
        return answer

    assert tried(steward, steward) == 409
    assert [tried(steward, operator), tried(someone, second), tried(someone, someone)] == [403, 403, 403]
    assert Client().get(f"/en/members/second-factor/{someone.pk}/").status_code == 302
    assert Authenticator.objects.count() == 4
    assert tried(steward, second) == 302 and Authenticator.objects.count() == 3


@pytest.mark.parametrize(
    ("host", "offered"),
    [
        ("127.0.0.1:8000", False),
        ("[::1]:8000", False),
        ("192.0.2.7", False),
        ("localhost:8000", True),
        ("x.example", True),
    ],
)
def test_passkeys_are_offered_only_where_the_site_has_a_name(settings: Any, host: str, offered: bool) -> None:
    settings.ALLOWED_HOSTS, settings.DEMO = ["*"], True
    login = Client().get("/en/accounts/login/", headers={"host": host}).content.decode()
    page = as_user(member("awa", organisation())).get("/en/accounts/2fa/", headers={"host": host}).content.decode()
    assert ("passkey_login" in login) is offered and ("2fa/webauthn/add/" in page) is offered
    assert page.count("made of numbers") == (0 if offered else 1)
    assert ("http://localhost:8000/en/accounts/2fa/" in page) is host.endswith(("1:8000", "]:8000"))


OWN_WORDS = {
    "en": ("Your password was changed", "tell the stewards", "network address: 127.0.0.1"),
    "fr": ("Votre mot de passe a été modifié", "prévenez les responsables", "adresse réseau : 127.0.0.1"),
    "es": ("Su contraseña se ha cambiado", "avise a los responsables", "dirección de red: 127.0.0.1"),
    "ar": ("تم تغيير كلمة مرورك", "القائمين على المنصة", "عنوان الشبكة: 127.0.0.1"),
    "ru": ("Ваш пароль изменён", "распорядителям платформы", "сетевого адреса: 127.0.0.1"),
    "zh-hans": ("您的密码已更改", "平台管理者", "网络地址：127.0.0.1"),
}


@pytest.mark.parametrize("language", OWN_WORDS)
def test_who_changed_the_account_is_told_to_its_owner_in_their_language(
    language: str, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    awa = member("awa", organisation())
    UserProfile.objects.update_or_create(user=awa, defaults={"preferred_language": language})
    form = {"oldpassword": PASSWORD, "password1": PASSWORD + "-new", "password2": PASSWORD + "-new"}
    client = as_user(awa)
    headers = {"user-agent": "Firefox\r\nBcc: x@x.org"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/es/accounts/password/change/", form, headers=headers)
    assert response.status_code == 302
    (mail,) = mailoutbox
    subject, *words = OWN_WORDS[language]
    assert mail.subject == subject and all(each in mail.body for each in words)
    assert mail.to == [awa.email] and "following change" not in mail.body
    mailoutbox.clear()
    page = client.get("/en/accounts/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page.content.decode())
    assert secret
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/en/accounts/2fa/totp/activate/", {"code": code(secret[1])}).status_code == 302
    assert [len(mail.subject.splitlines()) for mail in mailoutbox] == [1] * len(mailoutbox) and mailoutbox
    assert all(subject != mail.subject and words[0] in mail.body for mail in mailoutbox)
