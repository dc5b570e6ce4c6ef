"""Who wrote a version, and therefore may not decide it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Revision, TranslatableMixin
from wagtail_localize.models import SegmentOverride, StringTranslation

from dfs_workflow.models.bundle import Bundle, BundleItem
from dfs_workflow.models.decision import base_model
from dfs_workflow.models.proposal import Proposal

Times = dict[str, datetime | None]


def authors(instance: Any, *, until: Revision | None = None) -> set[int]:
    """Everyone with a revision since what readers see now was written; for a bundle also who submitted it."""
    if isinstance(instance, Bundle):
        return bundle_authors(instance)
    found = writers(base_model(instance), [instance.pk], until=until.created_at if until else None)
    return found | ({until.user_id} if until and until.user_id else set())


def bundle_authors(bundle: Bundle) -> set[int]:
    found = {bundle.submitted_by_id} if bundle.submitted_by_id else set()
    found |= proposers(bundle)
    listed: dict[int, list[str]] = {}
    for item in bundle.items.filter(kind=BundleItem.Kind.PUBLISH):
        listed.setdefault(item.content_type_id, []).append(item.object_id)
    for content_type, keys in listed.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            found |= writers(model, keys)
    return found


def proposers(bundle: Bundle) -> set[int]:
    """Who proposed what is in it, and who accepted that: a withdrawal or a move has no version that names them."""
    people = Proposal.objects.filter(bundle=bundle).values_list("proposed_by_id", "decided_by_id")
    return {person for pair in people for person in pair if person}


def writers(model: type[models.Model], keys: Sequence[Any], *, until: datetime | None = None) -> set[int]:
    """Of several objects of one kind, with as many queries as of one."""
    return set().union(*writers_by_key(model, keys, until=until).values())


def writers_by_key(
    model: type[models.Model], keys: Sequence[Any], *, until: datetime | None = None
) -> dict[str, set[int]]:
    rows = model._base_manager.filter(pk__in=keys).values_list("pk", "live_revision__created_at")
    published_at: Times = {str(pk): at for pk, at in rows}
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    revisions = Revision.objects.filter(base_content_type=content_type, object_id__in=list(published_at))
    revisions = revisions.exclude(user=None)
    if until:
        revisions = revisions.filter(created_at__lte=until)
    written = revisions.values_list("object_id", "created_at", "user_id")
    found: dict[str, set[int]] = {key: set() for key in published_at}
    for key, at, user in written:
        if is_since(at, published_at[key]):
            found[key].add(user)
    if issubclass(model, TranslatableMixin):
        for key, user in translators(model, published_at):
            found[key].add(user)
    return found


def translators(model: type[models.Model], published_at: Times) -> Iterator[tuple[str, int]]:
    """Who wrote sentences of a translation or replaced a link or picture; both wait beside the page."""
    rows = model._base_manager.filter(pk__in=list(published_at)).values_list("pk", "translation_key", "locale_id")
    place = {(key, locale): str(pk) for pk, key, locale in rows}
    sentences, replacements = (
        stored.objects.filter(
            context__object_id__in={key for key, _locale in place}, locale_id__in={locale for _key, locale in place}
        )
        .exclude(last_translated_by=None)
        .values_list("context__object_id", "locale_id", "updated_at", "last_translated_by_id")
        for stored in (StringTranslation, SegmentOverride)
    )
    written = sentences.union(replacements)
    for key, locale, at, user in written:
        pk = place.get((key, locale))
        if pk is not None and is_since(at, published_at[pk]):
            yield pk, user


def is_since(at: datetime, published_at: datetime | None) -> bool:
    return published_at is None or at > published_at
