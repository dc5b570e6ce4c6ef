"""Who can see or do this, and why. Reads what is asked for at once, so that many people cost no more than one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import AbstractGroupApprovalTask, GroupPagePermission, Page, PageViewRestriction

from dfs_workflow import permissions
from dfs_workflow.models import Absence, Capability, name_of
from dfs_workflow.models.language_group import PREFIX


@dataclass(frozen=True)
class Row:
    who: str
    what: str
    is_allowed: bool
    why: str


def of_person(user: Any) -> list[Row]:
    """Every capability, and each right of the admin with the group that gives it."""
    standing = permissions.standing(user)
    answers = [(capability, standing.verdict(capability)) for capability in Capability]
    rows = [Row(name_of(user), str(capability.label), bool(answer), answer.why) for capability, answer in answers]
    if user.is_superuser:
        rows.append(Row(name_of(user), _("all rights of the admin"), True, _("Is a superuser.")))
    for group in user.groups.order_by("name").prefetch_related("permissions"):
        why = _("Is in the group %(group)s.") % {"group": group}
        rows += [Row(name_of(user), right.name, True, why) for right in group.permissions.all()]
    rows += [Row(name_of(user), _("review"), True, in_place_of(row)) for row in absences().filter(delegate=user)]
    rights = GroupPagePermission.objects.filter(group__user=user).select_related("group", "page", "permission")
    for right in rights.order_by("page__path", "permission__codename"):
        why = _("Is in the group %(group)s, at “%(page)s” and below.") % {"group": right.group, "page": right.page}
        rows.append(Row(name_of(user), right.permission.name, True, why))
    return rows


def of_capability(capability: Capability) -> list[Row]:
    """Everybody with an account; those who may come first."""
    rows = []
    users = list(get_user_model()._default_manager.filter(is_active=True).order_by("last_name", "first_name", "pk"))
    known = permissions.standings(users)
    for user in users:
        answer = known[user.pk].verdict(capability)
        rows.append(Row(name_of(user), str(capability.label), bool(answer), answer.why))
    return sorted(rows, key=lambda row: not row.is_allowed)


def of_page(page: Page) -> list[Row]:
    """Its readers, and who may change or decide it, with the group and the place that says so."""
    path = page.get_ancestors(inclusive=True)
    rows = readers(path)
    rights = GroupPagePermission.objects.filter(page__in=path).select_related("group", "page", "permission")
    for right in rights.prefetch_related("group__user_set").order_by("permission__codename", "group__name"):
        why = _("The group %(group)s has this right at “%(page)s”.") % {"group": right.group, "page": right.page}
        for user in right.group.user_set.all():
            if user.is_active:
                rows.append(Row(name_of(user), right.permission.name, True, why))
    return [*rows, *reviewers(page)]


def reviewers(page: Page) -> Iterator[Row]:
    """Also who stands in for somebody; without those whom the group of the language keeps out."""
    workflow = page.get_workflow()
    people = get_user_model()._default_manager.filter(is_active=True).order_by("last_name", "first_name", "pk")
    away = list(absences())
    admitted = people_of_language(page)
    for task in workflow.tasks if workflow else []:
        groups = task.specific.groups.all() if isinstance(task.specific, AbstractGroupApprovalTask) else ()
        members = list(people.filter(groups__in=groups).distinct())
        keys = {user.pk for user in members}
        why = _("Decides the step “%(task)s”, unless they wrote it.") % {"task": task}
        asked = {user.pk: (user, why) for user in people.filter(is_superuser=True)}
        asked |= {user.pk: (user, why) for user in members}
        for row in away:
            if row.user_id in keys and row.delegate_id not in asked:
                asked[row.delegate_id] = (row.delegate, f"{why} {in_place_of(row)}")
        for user, reason in asked.values():
            if admitted is None or user.pk in admitted:
                yield Row(name_of(user), _("review"), True, reason)


def absences() -> Any:
    rows = Absence.objects.on(timezone.localdate()).filter(user__is_active=True, delegate__is_active=True)
    return rows.select_related("user", "delegate").order_by("pk")


def in_place_of(row: Absence) -> str:
    values = {"person": name_of(row.user), "day": date_format(row.last_day)}
    return _("Stands in for %(person)s until %(day)s.") % values


def people_of_language(page: Page) -> set[int] | None:
    """None where the language has no group, or an empty one: then everybody who is asked decides."""
    users = get_user_model()._default_manager.filter(groups__name=f"{PREFIX}{page.locale.language_code}")
    return set(users.values_list("pk", flat=True)) or None


def readers(path: Any) -> list[Row]:
    restrictions = PageViewRestriction.objects.filter(page__in=path).select_related("page").prefetch_related("groups")
    rows = []
    for row in restrictions:
        groups = ", ".join(group.name for group in row.groups.all())
        who = groups if row.restriction_type == "groups" else row.get_restriction_type_display()
        rows.append(Row(str(who), _("read"), True, _("A restriction stands on “%(page)s”.") % {"page": row.page}))
    return rows or [Row(_("Everybody"), _("read"), True, _("No restriction stands on the page or above it."))]
