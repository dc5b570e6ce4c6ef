"""What a comment is about: found by its address, and named in the reader's language."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page

from dfs_workflow.comments.visible import on_readable_pages, translations_to_read
from dfs_workflow.models import PermanentReference
from dfs_workflow.proposals.places import field_of, proposable_fields
from dfs_workflow.query import page_url, permanent_url, source_language

CHAPTER_DEPTHS = (3, 4)  # the home page stands on the second level


@dataclass(frozen=True)
class Place:
    """A page in the language that is read, or else in that of the source."""

    page: Page
    reference: str
    language: str

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def page_language(self) -> str:
        return str(self.page.locale.language_code)

    @property
    def url(self) -> str:
        return permanent_url(self.reference, self.language) if self.reference else page_url(self.page, self.language)

    @property
    def path(self) -> str:
        """As it stands in the address of the comments, without a language."""
        return f"r/{self.reference}" if self.reference else self.page.url_path.split("/", 2)[2].rstrip("/")

    @property
    def comments_url(self) -> str:
        return reverse("dfs_workflow:comments", args=[self.path])

    @property
    def proposal_url(self) -> str:
        """The form for other words of its first text, where it takes proposals."""
        model = self.page.specific_class
        fields = [name for name in proposable_fields(model) if not isinstance(field_of(model, name), StreamField)]
        return reverse("dfs_workflow:propose_text", args=[self.page.pk, fields[0]]) if fields else ""


def find(path: str, language: str, user: Any, passed: Collection[int] = ()) -> Place | None:
    key = key_at(path)
    pages = translations_to_read(key, user, passed) if key else []
    if key is None or not pages:
        return None
    return place_of(pages, reference_of([key]).get(key, ""), language)


def key_at(path: str) -> UUID | None:
    path = path.strip("/")
    if path.startswith("r/"):
        rows = PermanentReference.objects.filter(pk=path[2:].upper())
        return rows.values_list("translation_key", flat=True).first()
    homes = Page.objects.filter(depth=2).values_list("url_path", flat=True)
    wanted = [f"{home}{path}/" for home in homes]
    found = Page.objects.filter(url_path__in=wanted, live=True).first()
    return found.translation_key if found else None


def place_of(pages: Iterable[Page], reference: str, language: str) -> Place:
    rows = {page.locale.language_code: page for page in pages}
    page = rows.get(language) or rows.get(source_language()) or next(iter(rows.values()))
    return Place(page, reference, language)


def places_of(comments: Iterable[Any], language: str) -> dict[UUID, Place]:
    """Of comments that may be seen; two queries."""
    keys = {comment.translation_key for comment in comments}
    groups: dict[UUID, list[Page]] = {}
    for page in Page.objects.filter(translation_key__in=keys, live=True).select_related("locale"):
        groups.setdefault(page.translation_key, []).append(page)
    references = reference_of(keys)
    return {key: place_of(pages, references.get(key, ""), language) for key, pages in groups.items()}


def chapters(user: Any, language: str) -> list[Place]:
    """What may be read of the first two levels below the home page and has pages of its own, in their order."""
    groups: dict[UUID, list[Page]] = {}
    tops = Page.objects.filter(depth__in=CHAPTER_DEPTHS, live=True, numchild__gt=0)
    tops = tops.select_related("locale").order_by("path")
    for page in on_readable_pages(tops, user):
        groups.setdefault(page.translation_key, []).append(page)
    return [place_of(pages, "", language) for pages in groups.values()]


def reference_of(keys: Iterable[Any]) -> dict[UUID, str]:
    rows = PermanentReference.objects.filter(translation_key__in=list(keys))
    return dict(rows.values_list("translation_key", "reference"))
