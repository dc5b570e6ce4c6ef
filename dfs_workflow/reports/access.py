"""Who can see or do this, and why. Reads what is asked for at once, so that many people cost no more than one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from dfs_workflow import permissions
from dfs_workflow.models import Capability, Charter, CharterAcceptance, KindRule, Membership, name_of
from dfs_workflow.permissions import Standing


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
    rights = GroupPagePermission.objects.filter(group__user=user).select_related("group", "page", "permission")
    for right in rights.order_by("page__path", "permission__codename"):
        why = _("Is in the group %(group)s, at “%(page)s” and below.") % {"group": right.group, "page": right.page}
        rows.append(Row(name_of(user), right.permission.name, True, why))
    return rows


def of_capability(capability: Capability) -> list[Row]:
    """Everybody with an account; those who may come first."""
    rows = []
    for user, standing in standings():
        answer = standing.verdict(capability)
        rows.append(Row(name_of(user), str(capability.label), bool(answer), answer.why))
    return sorted(rows, key=lambda row: not row.is_allowed)


def standings() -> Iterator[tuple[Any, Standing]]:
    """As `permissions.standing`, for all at once."""
    charter = Charter.objects.first()
    accepted = set(CharterAcceptance.objects.filter(charter=charter).values_list("user_id", flat=True))
    members = {row.user_id: row for row in Membership.objects.active().select_related("organisation")}
    stewards, moderators = holders("steward"), holders("triage_proposal")
    rules: dict[str, dict[str, bool]] = {}
    for rule in KindRule.objects.all():
        rules.setdefault(rule.kind, {})[rule.capability] = rule.is_allowed
    for user in get_user_model()._default_manager.filter(is_active=True).order_by("last_name", "first_name", "pk"):
        own = members.get(user.pk)
        yield (
            user,
            Standing(
                is_signed_in=True,
                is_steward=user.is_superuser or user.pk in stewards,
                membership=own,
                accepted_charter=charter is None or user.pk in accepted,
                rules=rules.get(own.kind, {}) if own else {},
                is_moderator=user.is_superuser or user.pk in moderators,
            ),
        )


def holders(codename: str) -> set[int]:
    right = Permission.objects.filter(content_type__app_label="dfs_workflow", codename=codename)
    users = get_user_model()._default_manager.filter(Q(groups__permissions__in=right) | Q(user_permissions__in=right))
    return set(users.values_list("pk", flat=True))


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
    workflow = page.get_workflow()
    for task in workflow.tasks if workflow else []:
        for group in getattr(task.specific, "groups", task.specific.__class__.objects.none()).all():
            why = _("Decides the step “%(task)s”, unless they wrote it.") % {"task": task}
            rows += [Row(name_of(user), _("review"), True, why) for user in group.user_set.all() if user.is_active]
    return rows


def readers(path: Any) -> list[Row]:
    restrictions = PageViewRestriction.objects.filter(page__in=path).select_related("page").prefetch_related("groups")
    rows = []
    for row in restrictions:
        groups = ", ".join(group.name for group in row.groups.all())
        who = groups if row.restriction_type == "groups" else row.get_restriction_type_display()
        rows.append(Row(str(who), _("read"), True, _("A restriction stands on “%(page)s”.") % {"page": row.page}))
    return rows or [Row(_("Everybody"), _("read"), True, _("No restriction stands on the page or above it."))]
