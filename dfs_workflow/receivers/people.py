"""Who leaves, and whether enough stewards stay."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, pre_delete, pre_save

from dfs_workflow import stewardship


def before_groups_of_a_person_change(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    """From both ends: a person loses groups, or a group loses people."""
    if action not in {"pre_remove", "pre_clear"}:
        return
    if reverse:
        lost = pk_set if action == "pre_remove" else instance.user_set.values_list("pk", flat=True)
        groups = [instance.pk]
    else:
        lost = [instance.pk]
        groups = pk_set if action == "pre_remove" else instance.groups.values_list("pk", flat=True)
    stewardship.guard_leaving(people=list(lost), groups=list(groups))


def before_a_person_is_saved(sender: Any, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    if instance.pk and not instance.is_active and (update_fields is None or "is_active" in update_fields):
        stewardship.guard_leaving(people=[instance.pk])


def before_a_person_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    stewardship.guard_leaving(people=[instance.pk])


def before_a_group_is_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Its people lose it without any of the signals above."""
    stewardship.guard_leaving(people=list(instance.user_set.values_list("pk", flat=True)), groups=[instance.pk])


def connect() -> None:
    user = get_user_model()
    m2m_changed.connect(
        before_groups_of_a_person_change, sender=user.groups.through, dispatch_uid="dfs_workflow.stewards_groups"
    )
    pre_save.connect(before_a_person_is_saved, sender=user, dispatch_uid="dfs_workflow.stewards_closed")
    pre_delete.connect(before_a_person_is_deleted, sender=user, dispatch_uid="dfs_workflow.stewards_deleted")
    pre_delete.connect(before_a_group_is_deleted, sender=Group, dispatch_uid="dfs_workflow.stewards_group_deleted")
