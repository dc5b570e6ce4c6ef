"""What else uses a governed object; while something does, it can't be deleted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from dfs_workflow.models import PublicationRefused, is_governed

IN_USE = _("“%(title)s” was not deleted: it is used by %(uses)s. Take it out there first, or withdraw it instead.")
NAMED = 3


def refuse_if_used(instance: Any, origin: Any = None) -> None:
    """`origin` is what Django deletes: a page goes with all below it, whose links to it don't count."""
    uses = list(dict.fromkeys(str(user) for user in users_of(instance) if not goes_along(user, instance, origin)))
    if uses:
        named = ", ".join(f"“{title}”" for title in uses[:NAMED]) + (" …" if len(uses) > NAMED else "")
        raise PublicationRefused(IN_USE % {"title": instance, "uses": named})


def users_of(instance: Any) -> Iterable[Any]:
    """Governed pages and snippets that link to it or name it, in whatever language."""
    for user, _references in ReferenceIndex.get_grouped_references_to(instance):
        if is_governed(user) and getattr(user, "translation_key", 0) != instance.translation_key:
            yield user
    if hasattr(instance, "named_by"):
        yield from instance.named_by()


def goes_along(user: Any, instance: Any, origin: Any) -> bool:
    if not isinstance(user, Page):
        return isinstance(origin, QuerySet) and origin.model is type(user) and origin.filter(pk=user.pk).exists()
    if isinstance(origin, QuerySet):
        return issubclass(origin.model, Page) and origin.filter(pk=user.pk).exists()
    top = origin if isinstance(origin, Page) else instance
    return isinstance(top, Page) and user.path.startswith(top.path)
