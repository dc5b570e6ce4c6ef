"""The charter that members accept, and the table of what each kind of organisation may do."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dfs_workflow import permissions
from dfs_workflow.actions.history import record
from dfs_workflow.conf import source_language
from dfs_workflow.models import (
    BY_KIND,
    DEFAULTS,
    Capability,
    Charter,
    CharterAcceptance,
    KindRule,
    PeopleRefused,
)


@transaction.atomic
def publish_charter(*, by: Any, texts: dict[str, str], at: datetime) -> Charter:
    """Everybody is asked again. By nobody only for the first one, when the platform is set up."""
    last = Charter.objects.select_for_update().first()
    if by is not None:
        permissions.require(by, Capability.MANAGE_PLATFORM)
    elif last is not None:
        raise PeopleRefused(_("A new charter is published by a steward."))
    if not texts.get(source_language(), "").strip():
        raise PeopleRefused(_("The charter needs its text in the source language."))
    number = last.number + 1 if last else 1
    charter = Charter.objects.create(number=number, texts=texts, published_at=at, published_by=by)
    record(action="charter.published", by=by, at=at, details={"version": number})
    return charter


@transaction.atomic
def accept_charter(*, by: Any, number: int, at: datetime) -> None:
    """`number`: what was on the screen; refused where a newer one came meanwhile."""
    charter = Charter.objects.first()
    if charter is None or charter.number != number:
        raise PeopleRefused(_("A newer charter was published. Read it, then accept it."))
    _row, created = CharterAcceptance.objects.get_or_create(charter=charter, user=by, defaults={"at": at})
    if created:
        record(action="charter.accepted", by=by, about=by, at=at, details={"version": number})


@transaction.atomic
def set_rules(*, by: Any, table: dict[str, set[str]], at: datetime) -> int:
    """Kind: what it may. Says how many cells changed."""
    permissions.require(by, Capability.MANAGE_PLATFORM)
    known = {(rule.kind, rule.capability): rule for rule in KindRule.objects.select_for_update()}
    changed = 0
    for kind, allowed in table.items():
        for capability in BY_KIND:
            rule = known.get((kind, capability))
            before = rule.is_allowed if rule else capability in DEFAULTS[kind]
            if before != (capability in allowed):
                rule = rule or KindRule(kind=kind, capability=capability)
                rule.is_allowed, rule.changed_at, rule.changed_by = not before, at, by
                rule.save()
                details = {"kind": kind, "capability": capability, "allowed": not before}
                record(action="rule.changed", by=by, at=at, details=details)
                changed += 1
    return changed
