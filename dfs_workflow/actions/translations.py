"""Translations under review: wagtail-localize's segments, but never its way of writing the live row."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TranslatableMixin
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import Translation
from wagtail_localize.segments.ingest import ingest_segments

from dfs_workflow.models import PublicationRefused, open_bundle
from dfs_workflow.models.digest import content_of
from dfs_workflow.translation.actions import NotReady, require_ready, write_manifest
from dfs_workflow.translation.query import normative_fields


@transaction.atomic
def save_translation_as_draft(
    *, translation: Translation, by: Any, submit: bool = True, go_live_at: datetime | None = None,
    public_reason: str = "",
) -> Revision:  # fmt: skip
    """Writes the translated strings into a new draft, and submits it; what readers see doesn't change."""
    row = target_row(translation, by)
    if bundle := open_bundle(row):
        raise PublicationRefused(
            _("“%(title)s” is part of “%(bundle)s”, which is under review.") % {"title": row, "bundle": bundle}
        )
    target = translated(translation, row)
    target.go_live_at = go_live_at or go_live_of_source(translation)
    target.public_reason = public_reason
    revision: Revision = target.save_revision(user=by, log_action=True)
    write_manifest(revision=revision, translation=translation)
    if submit:
        submit_for_review(row, by)
    return revision


def translated(translation: Translation, row: Any) -> Any:
    """The newest draft with the sentences, links and pictures as they are now; not saved."""
    source, locale = translation.source, translation.target_locale
    original, target = source.as_instance(), newest_draft(row)
    copy_synchronised_fields(original, target)
    segments = source._get_segments_for_translation(locale, fallback=True)
    ingest_segments(original, target, source.locale, locale, segments)
    if isinstance(target, Page):
        target.slug = row.slug
    return target


def go_live_of_source(translation: Translation) -> datetime | None:
    """A translation doesn't come out before what it translates."""
    original = translation.source.get_source_instance()
    revision = None if original.live else original.scheduled_revision
    at: datetime | None = revision.approved_go_live_at if revision else None
    return at if at and at > timezone.now() else None


@transaction.atomic
def draft_for_bundle(*, instance: Any, by: Any) -> Revision | None:
    """The newest draft. That of a translation has passed the checks and holds its sentences as they are now."""
    translation = translation_into(instance)
    if translation is None:
        return instance.latest_revision if instance.has_unpublished_changes else None
    row = translation.get_target_instance()
    is_behind = differs_from_sentences(translation, row)
    if not (is_behind or row.has_unpublished_changes):
        return None
    refuse_unready(translation, row)
    return save_translation_as_draft(translation=translation, by=by, submit=False) if is_behind else row.latest_revision


def require_checked(*, instance: Any) -> None:
    """Whenever a review begins or goes on, whoever starts it: a translation has passed its checks."""
    translation = translation_into(instance)
    if translation is None:
        return
    if differs_from_sentences(translation, instance):
        raise PublicationRefused(
            _("“%(title)s” was not submitted: this draft wasn't made in the translation editor. Submit it there.")
            % {"title": instance}
        )
    refuse_unready(translation, instance)


def differs_from_sentences(translation: Translation, row: Any) -> bool:
    return content_of(newest_draft(row)) != content_of(translated(translation, row))


def newest_draft(row: Any) -> Any:
    """Wagtail gives the row itself where nothing is waiting; what is done to a copy of it doesn't touch it."""
    return type(row)._base_manager.get(pk=row.pk).get_latest_revision_as_object()


def translation_into(instance: Any) -> Translation | None:
    """Also one that was stopped: else the checks would end with it."""
    if not isinstance(instance, TranslatableMixin):
        return None
    found = Translation.objects.filter(target_locale_id=instance.locale_id)
    return found.filter(source__object_id=instance.translation_key).first()


@transaction.atomic
def publish_translation(*, translation: Translation, by: Any = None) -> Revision:
    """For loads, inside `system_publication`."""
    revision = save_translation_as_draft(translation=translation, by=by, submit=False)
    revision.publish(user=by, skip_permission_checks=True)
    return revision


def target_row(translation: Translation, by: Any) -> Any:
    """The translated page or snippet; a draft is made where there is none yet, with its parents."""
    try:
        return translation.get_target_instance()
    except ObjectDoesNotExist:
        translation.save_target(user=by, publish=False)
        return translation.get_target_instance()


def refuse_unready(translation: Translation, row: Any) -> None:
    try:
        require_ready(translation=translation, normative=normative_fields(row))
    except NotReady as problem:
        raise PublicationRefused(
            _("The translation of “%(title)s” was not submitted: %(problems)s") % {"title": row, "problems": problem}
        ) from problem


def submit_for_review(instance: Any, by: Any) -> None:
    """Starts the review, or goes on with the one that asked for changes."""
    state, workflow = instance.current_workflow_state, instance.get_workflow()
    if state and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(by)
    elif state:
        raise PublicationRefused(_("“%(title)s” is already under review.") % {"title": instance})
    elif workflow is None:
        raise PublicationRefused(_("No review is set up for “%(title)s”: run set_up_platform.") % {"title": instance})
    else:
        workflow.start(instance, by)
