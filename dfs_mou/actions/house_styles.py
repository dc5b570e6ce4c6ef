"""The look of Word files: one person proposes that of the site, another one puts it in force; the parties of an
agreement choose their own for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from dfs_mou.actions.links import party_of
from dfs_mou.documents import house_style
from dfs_mou.models import FilePack, HouseStyle
from dfs_mou.permissions import can_approve_house_style, can_propose_house_style
from dfs_workflow.documents.read_apart import read_apart


@transaction.atomic
def propose_house_style(*, by: Any, data: bytes | None, name: str, at: datetime) -> HouseStyle:
    """`data`: a Word file, or nothing for the look that comes with the platform. `RefusedFile` says what is wrong."""
    if not can_propose_house_style(by):
        raise PermissionDenied(_("You may not propose a house style."))
    look = {} if data is None else read_apart(house_style.read, data)
    style = HouseStyle.objects.create(name=name[:100], look=look, proposed_by=by, proposed_at=at)
    log(instance=style, action="dfs_mou.propose_house_style", user=by)
    return style


@transaction.atomic
def approve_house_style(*, by: Any, style: HouseStyle, at: datetime) -> None:
    style = HouseStyle.objects.select_for_update().get(pk=style.pk)
    if not can_approve_house_style(by, style):
        raise PermissionDenied(_("Somebody else than who proposed a house style puts it in force."))
    style.approved_by, style.approved_at = by, at
    style.save()
    log(instance=style, action="dfs_mou.approve_house_style", user=by)


@transaction.atomic
def drop_house_style(*, by: Any, style: HouseStyle) -> None:
    """Only what was never in force: files made with the others may be asked about."""
    style = HouseStyle.objects.select_for_update().get(pk=style.pk)
    if style.approved_at or not (can_propose_house_style(by) or can_approve_house_style(by, style)):
        raise PermissionDenied(_("This house style was in force and stays in the list."))
    log(instance=style, action="dfs_mou.drop_house_style", user=by, deleted=True)
    style.delete()


@transaction.atomic
def choose_look(*, by: Any, token: str, data: bytes | None, name: str, at: datetime) -> None:
    """Of the Word files of one agreement; without `data` that of the site again. It changes no text: parties choose it
    for a text they agreed to as well."""
    look = {} if data is None else read_apart(house_style.read, data)
    agreement = party_of(token, at, by).agreement
    agreement.look, agreement.look_name = look, name[:100] if look else ""
    agreement.save(update_fields=["look", "look_name"])
    FilePack.objects.filter(agreement=agreement).delete()
