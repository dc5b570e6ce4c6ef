"""An organisation with people, for the tests of taking part."""

from io import StringIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.models import Membership, Organisation, OrganisationDomain
from tests.dfs_workflow.conftest import person


def organisation(key: str = "anrc", kind: str = Organisation.Kind.TELECOM_REGULATOR, **fields: Any) -> Organisation:
    return Organisation.objects.create(key=key, kind=kind, name=fields.pop("name", key.upper()), **fields)


def member(name: str, of: Organisation, **fields: Any) -> User:
    user = person(name)
    user.first_name, user.last_name = name.capitalize(), "Example"
    user.save()
    actions.add_membership(by=None, user=user, organisation=of, at=timezone.now(), **fields)
    return user


def stewards(*names: str) -> list[User]:
    """Two at least, as one alone can't be."""
    call_command("set_up_platform", stdout=StringIO())
    people = [person(name) for name in names or ("sofia", "sven")]
    Group.objects.get(name="Stewards").user_set.add(*people)
    return [User.objects.get(pk=each.pk) for each in people]


def membership(user: User) -> Membership:
    return Membership.objects.active().get(user=user)


def verified_domain(of: Organisation, domain: str) -> OrganisationDomain:
    return OrganisationDomain.objects.create(organisation=of, domain=domain, verified_at=timezone.now())
