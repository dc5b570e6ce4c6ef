"""The only place that writes pages in bulk: hundreds of pages a second instead of twenty.

No signals fire, so everything that Wagtail's signals and actions do is done here; a test compares the rows with
those of a page that was added and published the usual way.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from dfs_workflow.gate import system_decision
from dfs_workflow.models import ContentVersion, Decision, PermanentReference, PublicationRefused, Referenced
from dfs_workflow.models.digest import differences
from dfs_workflow.read_once import texts_read_once

Spec = tuple[Page, Sequence[Any]]


@transaction.atomic
def create_pages(parent: Page, specs: Sequence[Spec], *, by: Any = None) -> list[Page]:
    """Adds a tree of unsaved pages under a saved one, inside `system_publication`; what is `live` goes live.

    A spec is a page and the list of specs of its children. The new pages come back in the order of the tree.
    """
    locked = Page.objects.select_for_update().get(pk=parent.pk)
    pages: list[Page] = []
    level: list[tuple[Page, Sequence[Spec]]] = [(locked, specs)]
    while level:
        level = [child for above, children in level for child in place_children(above, children)]
        pages += insert_level([page for page, _children in level])
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(specs))
    record_versions(pages, by)
    add_to_indexes(pages)
    ContentVersion.bump()
    return sorted(pages, key=lambda page: page.path)


def update_page(page: Page, *, by: Any = None) -> bool:
    """Publishes a changed page the usual way; False when nothing differs from the stored row."""
    if not differences(type(page)._base_manager.get(pk=page.pk), page):
        return False
    if page.has_unpublished_changes:
        raise PublicationRefused(_("“%(title)s” has a draft of an editor and was left alone.") % {"title": page})
    page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    return True


def place_children(parent: Page, specs: Sequence[Spec]) -> Iterator[tuple[Page, Sequence[Spec]]]:
    """Gives each child its place, as treebeard and `Page.save` would."""
    first = last_step(parent) + 1
    taken = sibling_slugs(parent)
    for step, (page, children) in enumerate(specs, start=first):
        if page.slug in taken:
            raise ValidationError(f"Two pages under “{parent}” have the slug “{page.slug}”.")
        taken.add(page.slug)
        page.depth, page.numchild = parent.depth + 1, len(children)
        page.path = Page._get_path(parent.path, page.depth, step)
        page.locale_id = page.locale_id or parent.locale_id
        page.draft_title = page.title
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.has_unpublished_changes = not page.live
        page.clean_fields(exclude=["path", "depth", "numchild", "url_path", "content_type"])
        yield page, children


def last_step(parent: Page) -> int:
    last = Page.objects.filter(depth=parent.depth + 1, path__startswith=parent.path).order_by("-path").first()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def sibling_slugs(parent: Page) -> set[str]:
    children = Page.objects.filter(depth=parent.depth + 1, path__startswith=parent.path)
    return set(children.values_list("slug", flat=True))


def insert_level(pages: list[Page]) -> list[Page]:
    insert_places(pages, timezone.now())
    insert_contents(pages)
    return pages


def insert_places(pages: Sequence[Page], now: Any) -> None:
    """The rows that all pages have. From here on their ids are known."""
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    for page in pages:
        page.latest_revision_created_at = now
        if page.live:
            page.first_published_at = page.first_published_at or now
            page.last_published_at = now
    rows = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in columns}) for page in pages])
    for page, row in zip(pages, rows, strict=True):
        adopt_row(page, row.pk)


def adopt_row(page: Page, pk: int) -> None:
    page.pk = page.id = page.page_ptr_id = pk
    page._state.adding = False


def insert_contents(pages: Sequence[Page]) -> None:
    """The rows of their own types, and what hangs on them."""
    for model, group in by_type(pages).items():
        insert_rows(model, group)
        insert_children(model, group)


def by_type(objects: Sequence[Any]) -> dict[type[models.Model], list[Any]]:
    groups: dict[type[models.Model], list[Any]] = defaultdict(list)
    for instance in objects:
        groups[type(instance)].append(instance)
    return groups


def insert_rows(model: type[models.Model], pages: list[Any]) -> None:
    """Only the table of the type itself: `bulk_create` refuses models that inherit a table."""
    fields = model._meta.local_concrete_fields
    size = max(connection.ops.bulk_batch_size(list(fields), pages), 1)
    for start in range(0, len(pages), size):
        batch = pages[start : start + size]
        model._base_manager.all()._insert(batch, fields=fields, using=connection.alias)


def insert_children(model: type[models.Model], parents: list[Any]) -> None:
    for relation in get_all_child_relations(model):
        children = []
        for parent in parents:
            for order, child in enumerate(getattr(parent, relation.get_accessor_name()).all()):
                setattr(child, relation.field.attname, parent.pk)
                complete_child(child, parent, order)
                children.append(child)
        for child_model, group in by_type(children).items():
            child_model._base_manager.bulk_create(group)
            insert_children(child_model, group)
    for field in get_all_child_m2m_relations(model):
        through = field.remote_field.through
        through._base_manager.bulk_create(
            through(**{f"{field.m2m_field_name()}_id": parent.pk, f"{field.m2m_reverse_field_name()}_id": other.pk})
            for parent in parents
            for other in getattr(parent, field.name).all()
        )


def complete_child(child: Any, parent: Any, order: int) -> None:
    if getattr(child, "sort_order", 0) is None:
        child.sort_order = order
    if getattr(child, "locale_id", 0) is None:
        child.locale_id = parent.locale_id


def record_versions(pages: list[Page], by: Any, source: str = "") -> None:
    """A revision for each page, a decision for each live one, and the log, which names what a page was made from."""
    now = timezone.now()
    page_type = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page.get_content_type(),
            base_content_type=page_type,
            object_id=str(page.pk),
            object_str=str(page),
            content=page.serializable_data(),
            created_at=now,
            user=by,
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = revision
        page.live_revision = revision if page.live else None
    Page.objects.bulk_update(
        [Page(pk=page.pk, latest_revision=page.latest_revision, live_revision=page.live_revision) for page in pages],
        ["latest_revision", "live_revision"],
        batch_size=200,
    )
    live = [page for page in pages if page.live]
    Decision.objects.bulk_create(system_decision(page, page.live_revision) for page in live)
    PermanentReference.allocate((page.reference, page.translation_key) for page in live if isinstance(page, Referenced))
    PageLogEntry.objects.bulk_create(
        [log_entry(page, "wagtail.create", by, now, {"import": source} if source else {}) for page in pages]
        + [log_entry(page, "wagtail.publish", by, now) for page in live]
    )


def log_entry(page: Page, action: str, by: Any, now: Any, data: dict[str, Any] | None = None) -> PageLogEntry:
    return PageLogEntry(
        page=page,
        content_type=page.get_content_type(),
        label=page.get_admin_display_title()[:255],
        action=action,
        timestamp=now,
        user=by,
        revision=page.latest_revision,
        content_changed=True,
        deleted=False,
        data=data or {},
    )


def add_to_indexes(pages: list[Page]) -> None:
    with texts_read_once():
        for model, group in by_type(pages).items():
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, group)
    ReferenceIndex.objects.bulk_create([reference for page in pages for reference in references_of(page)])


def references_of(page: Page) -> Iterator[ReferenceIndex]:
    for to_type, to_id, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page)):
        yield ReferenceIndex(
            base_content_type=page.get_base_content_type(),
            content_type=page.get_content_type(),
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
