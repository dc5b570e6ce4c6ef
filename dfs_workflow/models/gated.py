import logging
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import Page, PagePermissionTester

from dfs_workflow.locks import BundleLock
from dfs_workflow.models.bundle import open_bundle
from dfs_workflow.models.one_slug import source_of
from dfs_workflow.models.refusal import PublicationRefused
from dfs_workflow.models.scheduled import SCHEDULED, publish_together, still_waits, waiting_bundle, waiting_revisions

logger = logging.getLogger(__name__)


class Gated(models.Model):
    """Goes live only as a decided revision. Put it first among the bases: `class ChapterPage(Gated, Page)`.

    The gate itself stands at the row (`gate.py`); this only keeps one refusal from stopping a scheduled run.
    """

    # The field in which a type says itself why it was changed last, for readers and translators.
    reason_field = ""
    # What readers are told about the version that is saved next.
    public_reason = ""

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("log_action") != SCHEDULED:
            return super().publish(revision, *args, **kwargs)  # type: ignore[misc]
        if not still_waits(revision):
            return None
        if bundle := waiting_bundle(revision):
            return publish_together(bundle) if waiting_revisions(bundle).first() == revision else None
        try:
            with transaction.atomic():
                return self.publish_scheduled_alone(revision)
        except (PublicationRefused, ValidationError) as refusal:
            why = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else refusal
            logger.error("Not published as scheduled: “%s” (revision %s): %s", self, revision.pk, why)
            return None

    def publish_scheduled_alone(self, revision: Any) -> Any:
        return super().publish(revision, log_action=SCHEDULED)  # type: ignore[misc]

    def with_content_json(self, content: Any) -> Any:
        """Else the next publication of a translation would bring back the slug its source had before."""
        if isinstance(self, Page) and content.get("slug") != self.slug and source_of(self):
            content = {**content, "slug": self.slug}
        return super().with_content_json(content)  # type: ignore[misc]

    def get_lock(self) -> Any:
        """A bundle under review locks what it lists; the rest is as in Wagtail."""
        bundle = open_bundle(self) if self.pk else None
        return BundleLock(self, bundle) if bundle else super().get_lock()  # type: ignore[misc]

    def permissions_for_user(self, user: Any) -> "GovernedPageRights":
        return GovernedPageRights(user, self)


def page_link() -> models.OneToOneField[Any, Any]:
    """The `page_ptr` of a page: named after the class alone, the way back would clash with a site's own `HomePage`."""
    return models.OneToOneField(
        "wagtailcore.Page",
        models.CASCADE,
        auto_created=True,
        parent_link=True,
        primary_key=True,
        related_name="%(app_label)s_%(class)s",
        serialize=False,
    )


class GovernedPageRights(PagePermissionTester):
    """As Wagtail's, but a listing needn't look for live pages below each row that is live itself or has none below."""

    def can_reorder_children(self) -> bool:
        """Order among brothers and sisters is free: whoever may change the page above may set it."""
        return bool(super().can_reorder_children() or (self.user.is_active and "change" in self.permissions))

    def can_unschedule(self) -> bool:
        """Whoever may change the page may stop what waits for its date: two people decide it anew."""
        return bool(super().can_unschedule() or (self.user.is_active and "change" in self.permissions))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if not self.user.is_active or self.user.is_superuser or "publish" in self.permissions:
            return bool(super().can_delete(ignore_bulk))
        page, rights = self.page, self.permissions
        if page.live:
            return False
        if page.is_leaf():
            return "change" in rights or ("add" in rights and page.owner_id == self.user.pk)
        return bool(super().can_delete(ignore_bulk))


def is_governed(instance: Any) -> bool:
    """Also for a page that was loaded as its base class, as moves and saves in code do."""
    if isinstance(instance, Gated):
        return True
    return type(instance) is Page and issubclass(instance.specific_class or Page, Gated)


def governed_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Gated)]


def governed_types(base: type[models.Model]) -> list[ContentType]:
    """Content types of the governed kinds of page, or of another base."""
    found = [model for model in governed_models() if issubclass(model, base)]
    return list(ContentType.objects.get_for_models(*found, for_concrete_models=False).values())
