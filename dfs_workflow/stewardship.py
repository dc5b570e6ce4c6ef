"""Two stewards at least: one alone could let in whom they like, and nobody could replace them."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dfs_workflow.models import PeopleRefused

FEWEST = 2


def stewards() -> QuerySet[Any]:
    """Those who were given the right, not everybody who happens to be a superuser."""
    return holders("steward")


def triagers() -> QuerySet[Any]:
    """To whom a proposal can be assigned."""
    return holders("triage_proposal").order_by("last_name", "first_name", "pk")


def holders(codename: str) -> QuerySet[Any]:
    right = Permission.objects.filter(content_type__app_label="dfs_workflow", codename=codename)
    users: QuerySet[Any] = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(Q(groups__permissions__in=right) | Q(user_permissions__in=right)).distinct()


def guard_leaving(*, people: Sequence[int], groups: Sequence[int] | None = None) -> None:
    """Refuses that these people stop being stewards, or lose these groups, where too few would be left."""
    now = set(stewards().values_list("pk", flat=True))
    leaving = now.intersection(people)
    if groups is not None and leaving:
        right = Permission.objects.filter(content_type__app_label="dfs_workflow", codename="steward", group__in=groups)
        leaving = leaving if right.exists() else set()
    if leaving and len(now - leaving) < FEWEST:
        raise PeopleRefused(_("At least two stewards are needed. Make somebody else a steward first."))
