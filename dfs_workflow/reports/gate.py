"""The audit of the gate: everything live, compared with what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from dfs_workflow.conf import source_language
from dfs_workflow.gate import live_governed_pages
from dfs_workflow.models import Decision, PermanentReference, Referenced
from dfs_workflow.models.access import OPEN, access_digests
from dfs_workflow.models.digest import differences, digest
from dfs_workflow.models.gated import governed_models
from dfs_workflow.models.one_slug import stand_together


@dataclass(frozen=True)
class Finding:
    label: str
    pk: Any
    title: str
    problem: str


def findings() -> Iterator[Finding]:
    """Rows, child rows, many-to-many rows and addresses of every governed object that readers can see."""
    decided = {
        (revision, sha256): by if kind == Decision.Kind.REVIEW else None
        for revision, sha256, kind, by in Decision.objects.filter(kind__in=Decision.PUBLISHING)
        .order_by("at")
        .values_list("revision_id", "sha256", "kind", "by_id")
    }
    addresses = dict(Page.objects.values_list("path", "url_path"))
    sources = source_slugs()
    references = dict(PermanentReference.objects.values_list("reference", "translation_key"))
    for model in governed_models():
        for row in model._base_manager.filter(live=True).select_related("live_revision").iterator(chunk_size=200):
            problem = decision_problem(row, decided) or place_problem(row, addresses, references)
            problem = problem or slug_problem(row, sources)
            if problem:
                yield Finding(model._meta.label, row.pk, str(row), problem)
    yield from access_findings()


def source_slugs() -> dict[Any, tuple[str, str]]:
    rows = Page.objects.filter(locale__language_code=source_language(), live=True)
    return {key: (slug, path) for key, slug, path in rows.values_list("translation_key", "slug", "path")}


def access_findings() -> Iterator[Finding]:
    """Restrictions that were made, changed or lifted without a decision, on our pages or above them."""
    recorded = Decision.objects.filter(kind=Decision.Kind.RESTRICT).order_by("at", "pk")
    decided = {int(page): sha256 for page, sha256 in recorded.values_list("object_id", "sha256")}
    now = access_digests()
    differing = [pk for pk in decided.keys() | now.keys() if decided.get(pk, OPEN) != now.get(pk, OPEN)]
    for page in Page.objects.filter(pk__in=differing).order_by("path"):
        if live_governed_pages(page).exists():
            problem = _("who can read it, or what is below it, was never decided to be as it is")
            yield Finding(page.specific_class._meta.label, page.pk, page.title, problem)


def decision_problem(row: Any, decided: dict[tuple[int, str], int | None]) -> str:
    revision = row.live_revision
    if revision is None:
        return _("live without a version")
    if revision.object_id != str(row.pk):
        return _("live as a version of something else")
    key = (revision.pk, digest(revision.content))
    if key not in decided:
        return _("live without a decision on this content")
    if revision.user_id and decided[key] == revision.user_id:
        return _("decided by who wrote it")
    changed = changed_fields(row)
    return _("differs from its decided version: %(fields)s") % {"fields": ", ".join(changed)} if changed else ""


def changed_fields(row: Any) -> list[str]:
    """First without asking the database for each foreign key; only what differs is looked at twice."""
    version = type(row).from_serializable_data(row.live_revision.content, check_fks=False)
    for name in ("translation_key", "locale_id"):
        if hasattr(row, name):
            setattr(version, name, getattr(row, name))
    return differences(version, row) and differences(row.live_revision.as_object(), row)


def place_problem(row: Any, addresses: dict[str, str], references: dict[str, Any]) -> str:
    if isinstance(row, Page):
        above = addresses.get(row.path[: -Page.steplen], "")
        if row.url_path != f"{above}{row.slug}/":
            return _("its address doesn't follow from the page above it: %(address)s") % {"address": row.url_path}
    if isinstance(row, Referenced) and references.get(row.reference) != row.translation_key:  # type: ignore[attr-defined]
        return _("its permanent reference is registered for something else, or not at all")
    return ""


def slug_problem(row: Any, sources: dict[Any, tuple[str, str]]) -> str:
    source = sources.get(row.translation_key) if isinstance(row, Page) else None
    if source is None or source[0] == row.slug or stand_together(source[1], row.path):
        return ""
    return _("its slug differs from that of its source: %(slug)s") % {"slug": source[0]}
