"""What a bundle has waiting for one date goes live together, or not at all."""

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Revision

from dfs_workflow.models.bundle import Bundle, BundleItem, in_order
from dfs_workflow.models.refusal import PublicationRefused

logger = logging.getLogger(__name__)

SCHEDULED = "wagtail.publish.scheduled"
# After a bundle could not go live at its date for a reason that was not known before; `bundle`.
held_back = Signal()


def waiting_bundle(revision: Revision) -> Bundle | None:
    rows = Bundle.objects.exclude(goes_live_at=None)
    return rows.filter(items__revision=revision, items__kind=BundleItem.Kind.PUBLISH).first()


def waiting_revisions(bundle: Bundle) -> Any:
    """The last of them acts for all: those of bundles that were approved with several dates wait for it."""
    rows = Revision.objects.filter(pk__in=bundle.items.values("revision")).exclude(approved_go_live_at=None)
    return rows.order_by("-approved_go_live_at", "pk")


def still_waits(revision: Revision) -> bool:
    """Asked again, as the scheduler read its list before the others of a bundle took this one along."""
    return Revision.objects.filter(pk=revision.pk).exclude(approved_go_live_at=None).exists()


def publish_together(bundle: Bundle) -> None:
    """All of it in one transaction; why it can't is kept and told once, as the scheduler tries again every minute."""
    why = why_not(bundle, settings.LANGUAGE_CODE, keep=True)
    if why == bundle.held_back.get(settings.LANGUAGE_CODE, ""):
        return
    logger.error("Not published as scheduled: the bundle “%s” (%s): %s", bundle, bundle.pk, why)
    others = {code: why_not(bundle, code) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    bundle.held_back = {settings.LANGUAGE_CODE: why, **others}
    bundle.save(update_fields=["held_back"])
    held_back.send(Bundle, bundle=bundle)


def why_not(bundle: Bundle, language: str, *, keep: bool = False) -> str:
    """In this language; nothing where it went live, or without `keep` could have."""
    try:
        with override(language), transaction.atomic():
            publish_all(bundle)
            transaction.set_rollback(not keep)
    except PublicationRefused as refusal:
        return str(refusal)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def publish_all(bundle: Bundle) -> None:
    locked = Bundle.objects.select_for_update().get(pk=bundle.pk)
    for item in in_order(list(bundle.items.select_related("revision"))):
        publish_part(item)
    locked.goes_live_at, locked.held_back = None, {}
    locked.save(update_fields=["goes_live_at", "held_back"])


def publish_part(item: BundleItem) -> None:
    revision, row = item.revision, item.content_object
    if revision is None or row is None:
        raise PublicationRefused(_("A page of it was deleted meanwhile."))
    if row.live_revision_id == revision.pk:
        return
    if revision.approved_go_live_at is None:
        raise PublicationRefused(_("“%(title)s” doesn't wait for its date any more.") % {"title": row})
    revision.content_object.publish_scheduled_alone(revision)
