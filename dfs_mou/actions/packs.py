"""Asks for all files of an agreement in one."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from dfs_mou.actions.links import content_hash, party_of
from dfs_mou.exporters.agreement_texts import languages_of
from dfs_mou.exporters.packs import make_pack, wanted
from dfs_mou.models import FilePack


@transaction.atomic
def ask_for_pack(*, by: Any, token: str, day: date, is_draft: bool, at: datetime) -> FilePack:
    """The worker makes it; one asked for before is gone, like all that are older than an hour."""
    agreement = party_of(token, at, by).agreement
    FilePack.objects.filter(agreement=agreement).delete()
    FilePack.objects.old(at).delete()
    pack = FilePack.objects.create(
        agreement=agreement,
        content_hash=content_hash(agreement),
        day=day,
        is_draft=is_draft,
        asked_at=at,
        total=len(wanted(languages_of(agreement))),
    )
    transaction.on_commit(partial(make_pack.enqueue, pack.pk))
    return pack
