"""Translations under review: wagtail-localize's segments, but never its way of writing the live row."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import Translation
from wagtail_localize.segments.ingest import ingest_segments

from dfs_workflow.models import PublicationRefused, open_bundle
from dfs_workflow.translation.actions import NotReady, require_ready, write_manifest
from dfs_workflow.translation.query import normative_fields


@transaction.atomic
def save_translation_as_draft(*, translation: Translation, by: Any, submit: bool = True) -> Revision:
    """Writes the translated strings into a new draft, and submits it; what readers see doesn't change."""
    source, locale = translation.source, translation.target_locale
    row = target_row(translation, by)
    if bundle := open_bundle(row):
        raise PublicationRefused(
            _("“%(title)s” is part of “%(bundle)s”, which is under review.") % {"title": row, "bundle": bundle}
        )
    if submit:
        refuse_unready(translation, row)
    original, target = source.as_instance(), row.get_latest_revision_as_object()
    copy_synchronised_fields(original, target)
    segments = source._get_segments_for_translation(locale, fallback=True)
    ingest_segments(original, target, source.locale, locale, segments)
    if isinstance(target, Page):
        target.slug = row.slug
    revision: Revision = target.save_revision(user=by, log_action=True)
    write_manifest(revision=revision, translation=translation)
    if submit:
        submit_for_review(row, by)
    return revision


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
