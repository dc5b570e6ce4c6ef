"""Who may do what and why, the seats of focal points, leavers, stewards, the yearly question."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from dfs_workflow import actions, permissions
from dfs_workflow.models import BY_KIND, BY_OFFICE, DEFAULTS, KINDS, Capability, Membership, PeopleRefused
from tests.dfs_workflow.conftest import as_user, person
from tests.dfs_workflow.people import member, membership, organisation, stewards

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PROPOSE = Capability.PROPOSE


@pytest.fixture(autouse=True)
def in_english():
    """Whatever the last page of another test was written in."""
    with override("en"):
        yield


@pytest.mark.parametrize("kind", [key for key, _name in KINDS])
def test_the_table_of_kinds_is_what_everybody_is_asked(kind):
    role = "expert" if kind == "expert" else "member"
    someone = member("awa", organisation(kind="vendor" if kind == "expert" else kind), role=role)
    standing = permissions.standing(someone)
    assert {capability for capability in BY_KIND if standing.can(capability)} == DEFAULTS[kind]
    assert not any(standing.can(capability) for capability in BY_OFFICE)
    steward, _second = stewards()
    table = {kind: set(BY_KIND) - DEFAULTS[kind]}
    assert actions.set_rules(by=steward, table=table, at=NOW) == len(BY_KIND)
    assert actions.set_rules(by=steward, table=table, at=NOW) == 0
    assert {c for c in BY_KIND if permissions.can(someone, c)} == table[kind]


def test_every_answer_gives_its_reason():
    own, other = organisation(name="Own"), organisation("other", name="Other")
    focal = member("fanta", own, focal_slot=1)
    steward, _second = stewards()
    closed = person("closed", is_active=False)
    manage = Capability.MANAGE_PEOPLE
    said = [
        permissions.verdict(closed, PROPOSE).why,
        permissions.verdict(person("nobody"), PROPOSE).why,
        permissions.verdict(focal, PROPOSE).why,
        permissions.verdict(focal, manage, organisation=own).why,
        permissions.verdict(focal, manage, organisation=other).why,
        permissions.verdict(steward, manage, organisation=other).why,
        permissions.verdict(steward, PROPOSE).why,
    ]
    assert said == [
        "Not signed in, or the account is closed.",
        "Is a member of no organisation.",
        "Speaks for Own (telecommunications regulator), and that kind may.",
        "Is a focal point of Own.",
        "Is a focal point of another organisation.",
        "Is a steward of the platform.",
        "Is a member of no organisation.",
    ]


def test_asking_costs_the_same_whatever_is_asked():
    someone = User.objects.get(pk=member("awa", organisation()).pk)
    with CaptureQueriesContext(connection) as asked:
        standing = permissions.standing(someone)
        assert [standing.can(capability) for capability in Capability]
    assert len(asked) <= 4


def test_nobody_acts_before_the_charter_in_force_is_accepted():
    someone = member("awa", organisation())
    (steward, _second) = stewards()
    first = actions.publish_charter(by=None, texts={"en": "Be fair."}, at=NOW)
    assert not permissions.can(someone, PROPOSE)
    with pytest.raises(permissions.NotAllowed):
        actions.publish_charter(by=steward, texts={"en": "Be kind."}, at=NOW)
    for user in (someone, steward):
        actions.accept_charter(by=user, number=first.number, at=NOW)
    assert permissions.can(someone, PROPOSE)
    second = actions.publish_charter(by=steward, texts={"en": "Be fair and kind."}, at=NOW)
    assert not permissions.can(someone, PROPOSE)
    with pytest.raises(PeopleRefused):
        actions.accept_charter(by=someone, number=first.number, at=NOW)
    actions.accept_charter(by=someone, number=second.number, at=NOW)
    assert permissions.can(someone, PROPOSE)


def test_a_third_focal_point_is_refused_by_the_action_and_by_the_database():
    own = organisation()
    steward, _second = stewards()
    people = [member(name, own) for name in ("a", "b", "c")]
    for user in people[:2]:
        actions.set_focal_point(by=steward, membership=membership(user), is_focal_point=True, at=NOW)
    with pytest.raises(PeopleRefused, match="two focal points"):
        actions.set_focal_point(by=steward, membership=membership(people[2]), is_focal_point=True, at=NOW)
    for slot in (1, 3):
        third = membership(people[2])
        third.focal_slot = slot
        with pytest.raises(IntegrityError), transaction.atomic():
            third.save()
    with pytest.raises(permissions.NotAllowed):
        actions.set_focal_point(by=people[0], membership=membership(people[1]), is_focal_point=False, at=NOW)


def test_a_leaver_is_out_at_once():
    own = organisation()
    focal, leaver = member("fanta", own, focal_slot=1), member("leo", own)
    leaver.groups.add(Group.objects.create(name="Something"))
    APIToken.create_token(user=leaver, name="test")
    client = as_user(leaver)
    assert client.get("/admin/").wsgi_request.user == leaver
    with pytest.raises(permissions.NotAllowed):
        actions.end_membership(by=leaver, membership=membership(focal), reason="Mine", at=NOW)
    actions.end_membership(by=focal, membership=membership(leaver), reason="Left the authority", at=NOW)
    assert not client.get("/admin/").wsgi_request.user.is_authenticated
    leaver = User.objects.get(pk=leaver.pk)
    assert not leaver.is_active and not leaver.groups.exists() and not leaver.has_usable_password()
    assert not APIToken.objects.filter(user=leaver).exists()
    with pytest.raises(PeopleRefused, match="ended already"):
        actions.end_membership(by=focal, membership=Membership.objects.get(user=leaver), reason="Again", at=NOW)


def test_two_stewards_at_least():
    first, second = stewards()
    third = person("third")
    group = Group.objects.get(name="Stewards")
    attempts = [
        lambda: group.user_set.remove(first),
        lambda: first.groups.clear(),
        lambda: first.groups.remove(group),
        lambda: group.user_set.clear(),
        lambda: User.objects.get(pk=first.pk).delete(),
        lambda: setattr(first, "is_active", False) or first.save(),
        lambda: Group.objects.get(pk=group.pk).delete(),
    ]
    for attempt in attempts:
        with pytest.raises(PeopleRefused), transaction.atomic():
            attempt()
    root = as_user(person("root", is_superuser=True))
    answer = root.post(reverse("wagtailusers_users:delete", args=[first.pk]), follow=True)
    assert "At least two stewards are needed" in answer.content.decode()
    answer = root.post(reverse("wagtailusers_groups:delete", args=[group.pk]), follow=True)
    assert "At least two stewards are needed" in answer.content.decode()
    group.user_set.add(third)
    group.user_set.remove(first)
    assert set(group.user_set.all()) == {second, third}


def test_membership_is_confirmed_every_year_or_ends(django_capture_on_commit_callbacks, mailoutbox):
    own = organisation()
    focal, someone = member("fanta", own, focal_slot=1), member("awa", own)
    first, _second = stewards()
    actions.confirm_membership(by=first, membership=membership(focal), at=NOW + timedelta(days=300))
    counts = []
    with django_capture_on_commit_callbacks(execute=True):
        for day in (334, 335, 336, 357, 358, 359, 365, 366, 394):
            counts.append(actions.review_memberships(at=NOW + timedelta(days=day, hours=1))[0])
    assert counts == [0, 1, 0, 0, 1, 0, 1, 0, 0]
    with pytest.raises(PeopleRefused):
        actions.confirm_membership(by=focal, membership=membership(focal), at=NOW)
    assert membership(someone)
    profile = UserProfile.get_for_user(someone)
    profile.preferred_language = "fr"
    profile.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.review_memberships(at=NOW + timedelta(days=395, hours=1)) == (0, 1)
    assert mailoutbox[-1].to == [someone.email] and "Pas confirmée dans l’année." in mailoutbox[-1].body
    assert not Membership.objects.active().filter(user=someone).exists()
    assert not User.objects.get(pk=someone.pk).is_active


def test_a_steward_who_can_not_go_keeps_nobody_else_from_being_asked(caplog):
    sofia, sven = stewards()
    own = organisation()
    for user in (sofia, sven):
        actions.add_membership(by=None, user=user, organisation=own, at=NOW)
    awa = member("awa", own)
    Membership.objects.update(confirmed_at=NOW - timedelta(days=400))
    reminded, ended = actions.review_memberships(at=NOW)
    assert (reminded, ended) == (0, 1) and not User.objects.get(pk=awa.pk).is_active
    assert User.objects.filter(pk__in=[sofia.pk, sven.pk], is_active=True).count() == 2
    assert caplog.text.count("two stewards are needed") == 2
