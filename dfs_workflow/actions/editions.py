"""An edition is proposed by one person and frozen by a second one; afterwards nobody changes it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from dfs_workflow import permissions
from dfs_workflow.editions.codes import names_today
from dfs_workflow.editions.snapshot import Frozen, freeze, title_of
from dfs_workflow.editions.source import Place, instances, places
from dfs_workflow.models import ContentVersion, PublicationRefused, why_not_second
from dfs_workflow.models.edition import Edition, EditionFile, EditionItem, Snapshot

BATCH = 200


@transaction.atomic
def propose_edition(
    *, number: str, title: str = "", reason: str, parts: Sequence[str] = (), by: Any, at: datetime
) -> Edition:
    if not permissions.can_propose_edition(by):
        raise PermissionDenied(_("You may not propose an edition."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: readers are told at the beginning of the edition.")})
    edition = Edition(
        number=number,
        title=title,
        reason=reason,
        parts=list(parts),
        proposed_by=by,
        proposed_by_name=name_of(by),
        proposed_at=at,
    )
    edition.full_clean(exclude=["frozen_at", "frozen_by", "proposed_by"])
    edition.save()
    log(instance=edition, action="dfs_workflow.propose_edition", user=by)
    return edition


@transaction.atomic
def freeze_edition(*, edition: Edition, by: Any, at: datetime) -> Edition:
    """All that is public now, or the parts that were chosen of it, in every language, in one transaction."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.frozen_at:
        raise PublicationRefused(_("Edition %(number)s is frozen already.") % {"number": edition})
    if not permissions.can_freeze_edition(by):
        raise PermissionDenied(_("You may not freeze an edition."))
    if edition.proposed_by_id == by.pk:
        raise PublicationRefused(_("You proposed this edition; somebody else has to freeze it."))
    if why := why_not_second(by, {edition.proposed_by_id}):
        raise PublicationRefused(why)
    wanted = places(edition.parts)
    if not wanted:
        raise PublicationRefused(_("There is nothing public to freeze."))
    items = frozen_items(edition, wanted)
    EditionItem.objects.bulk_create(items, batch_size=BATCH)
    edition.sha256 = manifest_hash(items)
    edition.names = names_today({item.kind for item in items}, {item.language for item in items})
    edition.frozen_by, edition.frozen_by_name, edition.frozen_at = by, name_of(by), at
    edition.save()
    log(instance=edition, action="dfs_workflow.freeze_edition", user=by, data={"sha256": edition.sha256})
    ContentVersion.bump()
    return edition


@transaction.atomic
def discard_edition(*, edition: Edition, by: Any) -> None:
    """A proposal only; what is frozen stays."""
    if not permissions.can_propose_edition(by):
        raise PermissionDenied(_("You may not propose an edition."))
    if edition.frozen_at:
        raise PublicationRefused(_("An edition that is frozen never changes."))
    log(instance=edition, action="dfs_workflow.discard_edition", user=by, deleted=True)
    edition.delete()


def name_of(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())


def frozen_items(edition: Edition, wanted: list[Place]) -> list[EditionItem]:
    position = {(place.key, place.language): number for number, place in enumerate(wanted)}
    items: list[EditionItem] = []
    batch: list[Frozen] = []
    for place, instance in instances(wanted):
        frozen = freeze(instance, place.language)
        batch.append(frozen)
        items.append(
            EditionItem(
                edition=edition,
                snapshot_id=frozen.sha256,
                position=position[place.key, place.language],
                kind=instance._meta.model_name,
                translation_key=place.key,
                language=place.language,
                path=place.path,
                reference=getattr(instance, "reference", ""),
                title=title_of(instance),
                lead=frozen.lead,
                revision_id=place.revision_id,
            )
        )
        if len(batch) == BATCH:
            keep(batch)
            batch = []
    keep(batch)
    return sorted(items, key=lambda item: item.position)


def keep(batch: Sequence[Frozen]) -> None:
    """What an earlier edition has already is the same row."""
    Snapshot.objects.bulk_create(
        [Snapshot(sha256=frozen.sha256, content=frozen.content) for frozen in batch], ignore_conflicts=True
    )
    files = {digest: file for frozen in batch for digest, file in frozen.files.items()}
    EditionFile.objects.bulk_create(
        [EditionFile(sha256=digest, name=name, content=content) for digest, (name, content) in files.items()],
        ignore_conflicts=True,
    )


def manifest_hash(items: Sequence[EditionItem]) -> str:
    """One hash for the whole edition: over the sorted lines of its list."""
    return sha256("\n".join(sorted(item.line for item in items)).encode()).hexdigest()
