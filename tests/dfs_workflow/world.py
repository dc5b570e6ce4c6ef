"""What the routes try to change, and what readers see of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from dfs_workflow.gate import system_publication
from dfs_workflow.models import Gated
from tests.testapp.models import ForeignPage, GovernedPage, GovernedStatement, GovernedTerm

SECRET = "Written by one person"


@dataclass
class World:
    author: User
    client: Client
    token: str
    home: Page
    chapter: GovernedPage
    other: GovernedPage
    statement: GovernedStatement
    draft: GovernedPage
    term: GovernedTerm
    draft_term: GovernedTerm
    foreign: ForeignPage
    restriction: PageViewRestriction

    def api(self, method: str, path: str, data: Any = None) -> Any:
        return self.client.generic(
            method,
            f"/api/v3-preview/{path}",
            data=data or "{}",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"},
        )


def make_term(english: Any) -> GovernedTerm:
    term = GovernedTerm(name="Term", meaning="Old words", locale=english)
    term.save()
    with system_publication(reason="Set up for a test"):
        term.save_revision().publish()
    return GovernedTerm.objects.get(pk=term.pk)


def draft_of(instance: Any, author: Any) -> Any:
    """An undecided version by the person who will try to get it out."""
    fresh = type(instance).objects.get(pk=instance.pk)
    field = "meaning" if isinstance(fresh, GovernedTerm) else "text"
    setattr(fresh, field, SECRET)
    fresh.save_revision(user=author)
    return type(instance).objects.get(pk=instance.pk)


def forged_alias(w: World) -> Page:
    """The gate lets no alias be made, so this one was written behind its back."""
    Page.objects.filter(pk=w.other.pk).update(alias_of=w.chapter)
    return GovernedPage.objects.get(pk=w.other.pk)


def public() -> dict[Any, Any]:
    """Everything that readers can see of governed things, with its address, order in the tree aside."""
    pages = {
        page.pk: (page.url_path, page.title, getattr(page, "text", ""), page.live_revision_id)
        for page in Page.objects.filter(live=True).specific()
        if isinstance(page, Gated)
    }
    terms = {f"term {t.pk}": (t.name, t.meaning, t.live_revision_id) for t in GovernedTerm.objects.filter(live=True)}
    readers = PageViewRestriction.objects.filter(page__live=True).values_list(
        "page_id", "restriction_type", "groups__name"
    )
    restricted = {"restricted": sorted(readers, key=str)}
    return pages | terms | restricted
