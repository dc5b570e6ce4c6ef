"""The pages of members, focal points and stewards, used as they are meant to be."""

from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dfs_workflow import actions, permissions
from dfs_workflow.models import Absence, Capability, Charter, Membership
from dfs_workflow.notifications.people import INVITE_SALT
from tests.dfs_workflow.conftest import as_user, in_group, person
from tests.dfs_workflow.people import member, membership, organisation, stewards

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PEOPLE = "/en/members/organisations/anrc/"


def text(client, url, **data):
    return client.get(url, data).content.decode()


def test_counterparts_show_only_what_they_agreed_to():
    own, bank = organisation(), organisation("bank", "central-bank", name="Bank of Testland")
    bank.countries.create(code="SN", name="Senegal")
    shown = member("boubacar", bank, job_title="Head of payments", is_listed=True)
    member("hidden", bank, may_be_contacted=True, shows_job_title=True)
    client = as_user(member("awa", own))
    page = text(client, "/en/members/")
    assert "Boubacar Example" in page and "Senegal" in page
    for word in ("Hidden", "Head of payments", "@example.org", "Write<"):
        assert word not in page, word
    desk = as_user(shown)
    desk.post("/en/account/", {"is_listed": "on", "shows_job_title": "on", "may_be_contacted": "on"})
    page = text(client, "/en/members/")
    assert "Head of payments" in page and f"/members/{membership(shown).pk}/contact/" in page
    desk.post("/en/account/", {})
    assert "Boubacar" not in text(client, "/en/members/")


def test_the_number_of_who_is_not_listed_tells_no_name():
    own = organisation()
    hidden = member("boubacar", own, may_be_contacted=True)
    page = text(as_user(member("awa", own)), f"/en/members/{membership(hidden).pk}/contact/")
    assert "Write to a counterpart" in page and "Boubacar" not in page


def test_a_message_is_passed_on_without_either_address(django_capture_on_commit_callbacks, mailoutbox):
    own, bank = organisation(), organisation("bank", "central-bank")
    sender = member("awa", own, may_be_contacted=True)
    recipient = member("boubacar", bank, may_be_contacted=True)
    url = f"/en/members/{membership(recipient).pk}/contact/"
    client = as_user(sender)
    bad = client.post(url, {"subject": "Hi\r\nBcc: all@example.org", "text": "x"})
    assert bad.status_code == 200 and "one line" in bad.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"subject": "SIM swaps", "text": "How do you check <b>them</b>?"})
    (mail,) = mailoutbox
    assert mail.to == [recipient.email] and not mail.cc and not mail.bcc and not mail.reply_to
    assert sender.email not in mail.body + str(mail.message()) and recipient.email not in mail.body
    assert "Awa Example" in mail.body and "How do you check <b>them</b>?" in mail.body
    assert f"/members/{membership(sender).pk}/contact/" in mail.body


def test_messages_are_limited(settings):
    settings.DFS_WORKFLOW_REQUESTS_PER_HOUR = 2
    own = organisation()
    recipient = member("boubacar", own, may_be_contacted=True)
    client, url = as_user(member("awa", own)), f"/en/members/{membership(recipient).pk}/contact/"
    assert [client.post(url, {"subject": "s", "text": "t"}).status_code for _n in range(3)] == [302, 302, 429]


def test_a_focal_point_looks_after_the_people_of_one_organisation(django_capture_on_commit_callbacks, mailoutbox):
    own = organisation()
    focal, someone = member("fanta", own, focal_slot=1), member("awa", own)
    client = as_user(focal)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(PEOPLE, {"name": "New Person", "email": "New@anrc.example", "as_focal_point": "on"})
    (mail,) = mailoutbox
    assert mail.to == ["new@anrc.example"] and "Fanta Example" in mail.body
    invitation = own.invitations.get()
    assert invitation.as_focal_point is False
    page = text(client, PEOPLE)
    assert "New Person" in page and "Make focal point" not in page
    client.post(f"/en/members/invitations/{invitation.pk}/withdraw/")
    assert "New Person" not in text(client, PEOPLE)
    number = membership(someone).pk
    client.post(f"/en/members/{number}/confirm/")
    assert membership(someone).confirmed_by == focal
    own_number = membership(focal).pk
    assert client.post(f"/en/members/{own_number}/confirm/").status_code == 409
    assert client.post(f"/en/members/{number}/end/", {"reason": " "}).status_code == 200
    client.post(f"/en/members/{number}/end/", {"reason": "Left"})
    assert not Membership.objects.active().filter(user=someone).exists()


def test_a_steward_gives_the_two_seats_verifies_domains_and_decides():
    own = organisation()
    steward, _second = stewards()
    client, people = as_user(steward), [member(name, own) for name in ("a", "b", "c")]
    answers = [
        client.post(f"/en/members/{membership(user).pk}/focal-point/", {"focal": "yes"}).status_code for user in people
    ]
    assert answers == [302, 302, 409]
    client.post(f"{PEOPLE}domains/", {"domain": "@ANRC.example"})
    assert [str(row) for row in own.domains.all()] == ["anrc.example"]
    other = organisation("other")
    assert client.post(f"/en/members/organisations/{other.key}/domains/", {"domain": "anrc.example"}).status_code == 409
    client.post(f"{PEOPLE}domains/", {"domain": "no domain"})
    assert own.domains.count() == 1


def test_the_steward_reads_who_may_what_and_why(chapter):
    own = organisation(name="Own")
    someone = member("awa", own)
    steward, _second = stewards()
    client, url = as_user(steward), reverse("dfs_workflow_access")
    page = text(client, url, capability="propose")
    assert "Awa Example" in page and "Speaks for Own (telecommunications regulator), and that kind may." in page
    assert "Is a member of no organisation." in page
    assert "Is in the group Stewards." in text(client, url, person=steward.pk)
    assert "No restriction stands on the page" in text(client, url, page=chapter.pk)
    for odd in ({"person": "x"}, {"page": "x"}, {"capability": "x"}):
        assert client.get(url, odd).status_code == 200
    assert client.get(url, {"page": 999_999}).status_code == 404
    assert permissions.verdict(someone, Capability.PROPOSE).is_allowed


def test_the_explanation_and_the_lists_cost_the_same_for_one_and_for_twenty():
    own = organisation()
    steward, _second = stewards()
    client = as_user(steward)
    urls = [f"{reverse('dfs_workflow_access')}?capability=propose", PEOPLE, "/en/members/", f"{PEOPLE}history/"]
    counts = []
    for start, end in ((0, 1), (1, 20)):
        for number in range(start, end):
            member(f"m{number}", own, is_listed=True, may_be_contacted=True)
        counts.append([questions(client, url) for url in urls])
    assert counts[0] == counts[1]


def questions(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_a_steward_changes_the_table_and_it_holds_at_once():
    vendor = member("vera", organisation("v", "vendor"))
    steward, _second = stewards()
    client, url = as_user(steward), reverse("dfs_workflow_rules")
    assert not permissions.can(vendor, Capability.PROPOSE)
    ticked = [cell.split('"')[0] for cell in text(client, url).split('name="rule" value="')[1:]]
    on = [cell for cell in ticked if f'value="{cell}"' in text(client, url)]
    assert len(on) == len(ticked) == 8 * 10
    checked = [row for row in text(client, url).split("<input ") if " checked" in row.split(">")[0]]
    values = [row.split('value="')[1].split('"')[0] for row in checked]
    client.post(url, {"rule": [*values, "vendor:propose", "vendor:manage-platform", "nonsense"]})
    assert permissions.can(vendor, Capability.PROPOSE)
    assert not permissions.can(vendor, Capability.MANAGE_PLATFORM)
    client.post(url, {"rule": values})
    assert not permissions.can(vendor, Capability.PROPOSE)


def test_a_new_charter_is_asked_again_in_the_language_of_the_reader():
    someone = member("awa", organisation())
    steward, _second = stewards()
    client, url = as_user(steward), reverse("dfs_workflow_charter")
    client.post(url, {"text-fr": "Soyez justes."})
    assert not Charter.objects.exists()
    client.post(url, {"text-en": "Be fair.", "text-fr": "Soyez justes."})
    reader = as_user(someone)
    answer = reader.get("/fr/members/")
    assert answer.url == "/fr/charter/?next=%2Ffr%2Fmembers%2F"
    page = reader.get(answer.url).content.decode()
    assert "Soyez justes." in page and 'value="/fr/members/"' in page
    assert 'lang="en"' in text(reader, "/ar/charter/") and "Be fair." in text(reader, "/ar/charter/")
    assert reader.post("/fr/charter/", {"number": "1", "next": "//evil.example/"}).url == "/fr/account/"
    assert reader.get("/fr/members/").status_code == 200


def test_who_leaves_is_signed_out_at_once(mailoutbox):
    client = as_user(member("awa", organisation()))
    assert "closed" in client.post("/en/account/leave/", {"reason": "New post"}).content.decode()
    assert client.get("/en/account/").status_code == 302
    actions.apply_retention(at=NOW)
    assert person("somebody").is_active


def test_the_admin_deletes_nobody_who_took_part_and_a_command_erases():
    gone = member("awa", organisation())
    root = as_user(person("root", is_superuser=True))
    answer = root.post(reverse("wagtailusers_users:delete", args=[gone.pk]), follow=True)
    assert "Awa Example takes part, or did." in answer.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    answer = root.post(f"{bulk}?id={gone.pk}", follow=True)
    assert "Awa Example takes part, or did." in answer.content.decode()
    out = StringIO()
    call_command("erase_person", gone.email, stdout=out)
    assert "Would erase Awa Example" in out.getvalue() and membership(gone)
    call_command("erase_person", gone.email, "--yes", stdout=out)
    gone.refresh_from_db()
    assert (gone.email, gone.is_active) == ("", False)
    with pytest.raises(CommandError):
        call_command("erase_person", "awa", "--yes", stdout=out)


def test_countries_are_named_and_sorted_in_the_language_of_the_reader(client):
    for code, name in (("ZM", "Zambia"), ("DE", "Germany"), ("EG", "Egypt")):
        organisation(code.lower(), name=f"Regulator {code}").countries.create(code=code, name=name)
    for language, expected in (("en", ["Egypt", "Germany", "Zambia"]), ("fr", ["Allemagne", "Égypte", "Zambie"])):
        form = BeautifulSoup(client.get(f"/{language}/join/").content, "html.parser")
        labels = [option.get_text() for option in form.select("select[name=organisation] option")]
        assert [label.partition(" – ")[0] for label in labels[1:]] == expected


def test_the_explanation_of_a_page_knows_who_stands_in_and_whom_a_language_keeps_out(chapter, roles, root_user):
    steward, _second = stewards()
    rui, awa = in_group(person("rui"), "Reviewers"), in_group(person("awa"), "Contributors")
    closed = person("closed")
    day = timezone.localdate()
    Absence.objects.create(user=rui, delegate=awa, first_day=day, last_day=day)
    Absence.objects.create(user=closed, delegate=rui, first_day=day, last_day=day)
    client, url = as_user(steward), reverse("dfs_workflow_access")

    def reviewers():
        soup = BeautifulSoup(client.get(url, {"page": chapter.pk}).content, "html.parser")
        cells = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in soup.select("tr")]
        return {row[0]: row[3] for row in cells if row[1:2] == ["review"]}

    found = reviewers()
    assert {"rui", "awa", "root"} <= found.keys() and "Stands in for rui until" in found["awa"]
    assert "Stands in for rui until" in text(client, url, person=awa.pk)
    Group.objects.get_or_create(name="Language en")[0].user_set.add(rui)
    assert set(reviewers()) == {"rui"}


def test_nobody_writes_to_themselves():
    own = member("awa", organisation(), is_listed=True, may_be_contacted=True)
    url = f"/en/members/{membership(own).pk}/contact/"
    assert url not in text(as_user(own), "/en/members/") and as_user(own).get(url).status_code == 403


def invited(by, own, email="new@anrc.example"):
    row = actions.invite(by=by, organisation=own, email=email, name="New Person", at=timezone.now())
    return row, reverse("dfs_workflow:invitation", args=[signing.dumps([row.pk, row.nonce], salt=INVITE_SALT)])


@pytest.mark.parametrize("way", ["seat", "leaves", "suspended"])
def test_what_a_focal_point_sent_ends_with_the_seat_or_the_person(way):
    own, (steward, _second) = organisation(), stewards()
    focal = member("fanta", own, focal_slot=1)
    _row, url = invited(focal, own)
    _kept, other = invited(steward, own, "other@anrc.example")
    assert Client().get(url).status_code == 200
    row = membership(focal)
    if way == "seat":
        actions.set_focal_point(by=steward, membership=row, is_focal_point=False, at=timezone.now())
    elif way == "leaves":
        actions.end_membership(by=focal, membership=row, reason="Left", at=timezone.now())
    else:
        type(focal).objects.filter(pk=focal.pk).update(is_active=False)
    answer = Client().post(url, {"name": "New", "password1": "only-for-tests-99", "password2": "only-for-tests-99"})
    assert answer.status_code == 409 and "invited you" in answer.content.decode()
    assert "Ask to take part" in answer.content.decode() and "ANRC" in answer.content.decode()
    assert not get_user_model().objects.filter(email="new@anrc.example").exists()
    assert Client().get(other).status_code == 200
    if way != "suspended":
        assert own.invitations.open(timezone.now()).count() == 1


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "zh-hans"])
def test_the_way_in_speaks_the_reader_s_language_where_it_ends(language):
    page = Client().get(f"/{language}/invitation/x/").content.decode()
    with override(language):
        assert _("This link was used already, is too old, or is incomplete. Ask for a new one.") in page
        with pytest.raises(ValidationError) as refused:
            validate_password("short")
    assert "This link was used" not in page
    assert not any("This password" in message for message in refused.value.messages)
