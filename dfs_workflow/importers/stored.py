"""What is in the database of the pages a load is about, and whether an editor has been there since."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry

from dfs_workflow.conf import source_language
from dfs_workflow.models import Decision, PermanentReference
from dfs_workflow.models.digest import BOOKKEEPING, differences

EDITED = "an editor changed it"
DELETED = "an editor deleted it"
NEVER_COPIED = BOOKKEEPING | {"id", "locale", "translation_key"}


class Stored:
    """Loaded with two queries for each type, and asked for each page of the load."""

    def __init__(self, wanted: Iterable[Model], locale: Locale) -> None:
        wanted = list(wanted)
        self.rows: dict[UUID, Any] = {}
        self.is_source = locale.language_code == source_language()
        for model in {type(instance) for instance in wanted}:
            keys = [instance.translation_key for instance in wanted if type(instance) is model]
            for row in model._base_manager.filter(locale=locale, translation_key__in=keys):
                self.rows[row.translation_key] = row
        self.loaded = self._revisions_of_loads()
        self.deleted_keys = set(PermanentReference.objects.values_list("translation_key", flat=True))
        self.deleted_titles = {
            deletion
            for log in (PageLogEntry, ModelLogEntry)
            for deletion in log.objects.filter(action="wagtail.delete").values_list("content_type_id", "label")
        }

    def _revisions_of_loads(self) -> set[int]:
        latest = [row.latest_revision_id for row in self.rows.values()]
        system = Decision.objects.filter(kind=Decision.Kind.SYSTEM)
        return {pk for pk in system.values_list("revision_id", flat=True) if pk in set(latest)}

    def get(self, wanted: Any) -> Any:
        return self.rows.get(wanted.translation_key)

    def was_deleted(self, wanted: Any) -> bool:
        if wanted.translation_key in self.rows:
            return False
        if self.is_source and getattr(wanted, "reference", "") and wanted.translation_key in self.deleted_keys:
            return True
        label = wanted.get_admin_display_title() if isinstance(wanted, Page) else str(wanted)
        return (ContentType.objects.get_for_model(wanted).pk, label) in self.deleted_titles

    def was_edited(self, row: Any) -> bool:
        """Anything but the version that a load made: a draft, a reviewed version, or withdrawn."""
        return (
            not row.live or row.live_revision_id != row.latest_revision_id or row.latest_revision_id not in self.loaded
        )


def changes(row: Any, wanted: Any) -> list[str]:
    """Names of the fields in which what is stored differs from what is wanted."""
    wanted.locale = row.locale
    return differences(row, wanted)


def adopt(row: Any, wanted: Any) -> None:
    """Gives the stored object the content of the wanted one, and keeps the rows of its children."""
    for field in row._meta.concrete_fields:
        if field.name not in NEVER_COPIED and not field.primary_key:
            setattr(row, field.attname, getattr(wanted, field.attname))
    for relation in get_all_child_relations(type(row)) if isinstance(row, ClusterableModel) else ():
        name = relation.get_accessor_name()
        known = {child.translation_key: child.pk for child in getattr(row, name).all() if hasattr(child, "locale_id")}
        children = list(getattr(wanted, name).all())
        for child in children:
            child.pk = known.get(getattr(child, "translation_key", None))
            child.locale = row.locale
        getattr(row, name).set(children)
