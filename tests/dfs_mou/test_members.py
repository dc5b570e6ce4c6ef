"""Agreements by membership: members of an authority that joined, and nobody else, stewards included."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone

from dfs_mou import actions, query
from dfs_mou.models import AgreementParty
from dfs_workflow.actions import add_membership, confirm_membership, end_membership
from tests.dfs_mou.agreed import URL, Hand, agreement, signed_in
from tests.dfs_mou.form import Form, text_of
from tests.dfs_workflow.people import member, membership, stewards

pytestmark = pytest.mark.django_db
LIST = f"{URL}agreements/"


@pytest.fixture
def people(edition, directory):
    return {
        "nadia": member("nadia", directory["ncc"]),
        "colleague": member("colleague", directory["ncc"]),
        "chidi": member("chidi", directory["cbn"], focal_slot=1),
        "expert": member("expert", directory["ncc"], role="expert"),
        "steward": stewards()[0],
        "root": User.objects.create_superuser("root"),
    }


@pytest.fixture
def link(edition, people):
    """The owner's, who opened the agreement to all members of the regulator."""
    owner, _guest = agreement(edition)
    owner.client = signed_in(people["nadia"])
    assert owner.press("join").status_code == 302
    return owner


def key():
    return f"{query.MEMBER}{AgreementParty.objects.get(is_owner=True).pk}"


def test_a_steward_who_became_a_member_opens_nothing_by_it(link, people):
    steward, authority = people["steward"], AgreementParty.objects.get(is_owner=True).organisation
    add_membership(by=steward, user=steward, organisation=authority, at=timezone.now())
    client = signed_in(steward)
    assert client.get(f"{URL}agreement/{key()}/").status_code == 404
    assert "You speak for no organisation" in text_of(client.get(LIST))


def test_whom_one_steward_alone_let_in_opens_nothing_and_is_not_invited(link, people, directory):
    """Else a steward read and agreed in the name of an authority, under another name."""
    steward, second = people["steward"], User.objects.get(username="sven")
    signs_as, now = User.objects.create_user("second"), timezone.now()
    authority = AgreementParty.objects.get(is_owner=True).organisation
    own = add_membership(by=steward, user=signs_as, organisation=authority, at=now)
    client = signed_in(signs_as)
    assert client.get(f"{URL}agreement/{key()}/").status_code == 404
    assert "Only one person has let you in so far" in text_of(client.get(LIST))
    end_membership(by=steward, membership=membership(people["chidi"]), reason="Left.", at=now)
    other = User.objects.create_user("third")
    elsewhere = add_membership(by=steward, user=other, organisation=directory["cbn"], at=now)
    invited = {"organisation": str(directory["cbn"].pk)}
    assert link.press("invite_members", **invited).status_code == 403
    for row in (own, elsewhere):
        confirm_membership(by=second, membership=row, at=now)
    assert client.get(f"{URL}agreement/{key()}/").status_code == 200
    assert link.press("invite_members", **invited).status_code == 302


ROUTES = (
    ("GET", URL + "agreement/{key}/", {}),
    ("POST", URL + "agreement/{key}/", {"go": "download.md.en"}),
    ("POST", URL + "agreement/{key}/", {"go": "duplicate"}),
    ("POST", URL + "agreement/{key}/", {"go": "copy.1"}),
    ("GET", URL + "agreement/{key}/en/purpose/", {}),
    ("POST", URL + "agreement/{key}/en/purpose/", {"key": "purpose-objectives", "comment": "Hello"}),
    ("GET", URL + "resume/{key}/", {}),
    ("POST", URL + "delete/", {"token": "{key}"}),
)


@pytest.mark.parametrize(("verb", "path", "data"), ROUTES)
def test_no_route_opens_to_who_is_no_member_of_a_party(link, people, verb, path, data):
    data = {name: value.replace("{key}", key()) for name, value in data.items()}
    strangers = {
        "anonymous": Client(),
        **{name: signed_in(people[name]) for name in ("chidi", "expert", "steward", "root")},
    }
    found = {
        name: getattr(client, verb.lower())(path.replace("{key}", key()), data).status_code
        for name, client in strangers.items()
    }
    assert set(found.values()) == {404}, found
    assert AgreementParty.objects.filter(is_owner=True).exists()


def test_colleagues_open_it_and_write_in_the_name_of_the_party(link, people):
    colleague = Hand(key(), signed_in(people["colleague"]))
    page = colleague.room()
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Bank of Atlantis" in text_of(colleague.client.get(LIST))
    step = Form(colleague.client, colleague.client.get(f"{URL}resume/{key()}/")).press("telecom_regulator")
    saved = step.press("save", **{"a.en.telecom_regulator_city": "Port F"})
    assert saved.status == 302
    assert key() in saved.response["Location"]
    assert "Port F" in link.press("download.md.en").content.decode()


def test_nobody_but_members_finds_anything_in_the_list(link, people):
    for name in ("chidi", "expert", "steward", "root"):
        assert "Atlantis" not in text_of(signed_in(people[name]).get(LIST))
    assert "/accounts/login/" in Client().get(LIST)["Location"]


def test_a_link_signed_in_elsewhere_still_opens_as_the_link(link, people):
    assert Hand(link.token, signed_in(people["steward"])).room().status_code == 200


def test_who_leaves_the_authority_leaves_its_agreements(link, people):
    end_membership(by=people["root"], membership=membership(people["colleague"]), reason="Left", at=timezone.now())
    user = User.objects.get(pk=people["colleague"].pk)
    assert query.party(key(), user, timezone.now()) is None


def test_an_authority_is_invited_by_its_members_and_told(link, people, directory, django_capture_on_commit_callbacks):
    chosen = str(directory["cbn"].pk)
    assert Hand(link.token).press("invite_members", organisation=chosen).status_code == 403
    assert link.press("invite_members", organisation=str(directory["bceao"].pk)).status_code == 403
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert link.press("invite_members", organisation=chosen).status_code == 302
    assert [message.to for message in mail.outbox] == [[people["chidi"].email]]
    assert "Atlantis" in mail.outbox[0].subject
    party = AgreementParty.objects.get(organisation=directory["cbn"])
    guest = Hand(f"{query.MEMBER}{party.pk}", signed_in(people["chidi"]))
    assert guest.room().status_code == 200
    assert guest.press("leave").status_code == 403
    assert link.press(f"remove.{party.pk}").status_code == 302
    assert guest.room().status_code == 404


def test_an_authority_joins_once_and_can_go_back_to_the_link(link, people, directory):
    second = actions.invite_party(by=None, token=link.token, name="Twice", at=timezone.now())
    assert Hand(second, signed_in(people["colleague"])).press("join").status_code == 403
    assert Hand(second, signed_in(people["expert"])).press("join").status_code == 403
    members_key = key()
    assert link.press("leave").status_code == 302
    assert Hand(members_key, signed_in(people["colleague"])).room().status_code == 404
