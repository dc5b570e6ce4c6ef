"""Who decides texts of a language: the members of the group “Language fr”, once it has any."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import Page

from dfs_workflow.models.bundle import Bundle

PREFIX = "Language "


def decides_language(user: Any, instance: Any) -> bool:
    closed = groups_that_decide(instance)
    return not closed or closed <= set(user.groups.values_list("name", flat=True))


def who_decide_language(people: QuerySet[Any], instance: Any) -> QuerySet[Any]:
    """Those of them of whom `decides_language` holds."""
    for name in groups_that_decide(instance):
        people = people.filter(groups__name=name)
    return people


def groups_that_decide(instance: Any) -> set[str]:
    """For a bundle, those of every language in it."""
    wanted = {f"{PREFIX}{code}" for code in languages_of(instance)}
    return set(Group.objects.filter(name__in=wanted, user__isnull=False).values_list("name", flat=True))


def languages_of(instance: Any) -> set[str]:
    if isinstance(instance, Bundle):
        keys = [key for key in instance.items.values_list("object_id", flat=True) if key.isdecimal()]
        return set(Page.objects.filter(pk__in=keys).values_list("locale__language_code", flat=True))
    locale = getattr(instance, "locale", None)
    return {locale.language_code} if locale else set()
