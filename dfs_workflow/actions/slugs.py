"""A source that goes live with a new slug takes its translations along: live ones and drafts, with all below them.

Their versions stay as they were decided: `Gated.with_content_json` reads each with the slug that its row has.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from dfs_workflow.conf import source_language
from dfs_workflow.models import ContentVersion, PublicationRefused
from dfs_workflow.models.one_slug import stand_together

LONGEST = 255


@transaction.atomic
def follow_slug(*, instance: Any) -> None:
    if not isinstance(instance, Page) or instance.locale.language_code != source_language():
        return
    rows = Page.objects.filter(translation_key=instance.translation_key).exclude(pk=instance.pk)
    for row in rows.exclude(slug=instance.slug).select_for_update():
        if not stand_together(row.path, instance.path):
            refuse_taken(row, instance)
            translation = row.specific
            translation.slug = instance.slug
            translation.save(clean=False, log_action="wagtail.edit", update_fields=["slug", "url_path"])


def refuse_taken(row: Page, source: Page) -> None:
    beside = row.get_siblings(inclusive=False).filter(slug=source.slug).first()
    if beside is not None:
        raise PublicationRefused(
            _(
                "“%(title)s” was not published: in the language %(language)s, “%(other)s” already has the slug "
                "“%(slug)s”. Choose another one, as a page has the same slug in all languages."
            )
            % {"title": source, "language": row.locale.get_display_name(), "other": beside, "slug": source.slug}
        )


def leave_redirects(*, source: Page, before: Page) -> None:
    """Wagtail redirects each page that is live in a language; this, the addresses where another one stood in for it."""
    if source.locale.language_code != source_language() or not apps.is_installed("wagtail.contrib.redirects"):
        return
    parts = source.get_url_parts()
    prefix = f"/{source_language()}/"
    if parts is None or not parts[2].startswith(prefix):
        return
    redirects = apps.get_model("wagtailredirects", "Redirect")
    site, new = parts[0], parts[2].removeprefix(prefix)
    old = new.removesuffix(f"{source.slug}/") + f"{before.slug}/"
    wanted = {
        redirects.normalise_path(f"/{code}/{old}{tail}"): f"/{code}/{new}{tail}"
        for code, _name in settings.LANGUAGES
        if code != source_language()
        for tail in tails_of_live(source)
    }
    write_redirects(redirects._default_manager.filter(site_id=site), site, wanted)


def tails_of_live(source: Page) -> Iterator[str]:
    below = source.get_descendants(inclusive=True).live().values_list("url_path", flat=True)
    yield from (url_path.removeprefix(source.url_path) for url_path in below)


def write_redirects(rows: Any, site: int, wanted: dict[str, str]) -> None:
    """Those of pages stay; an address that leads somewhere again is no old one any more."""
    model = rows.model
    paths = [*wanted, *map(model.normalise_path, wanted.values())]
    known: set[str] = set()
    for start in range(0, len(paths), 500):
        found = rows.filter(old_path__in=paths[start : start + 500], automatically_created=True)
        found.filter(redirect_page=None).delete()
        known |= set(rows.filter(old_path__in=paths[start : start + 500]).values_list("old_path", flat=True))
    model._default_manager.bulk_create(
        (
            model(old_path=old, site_id=site, redirect_link=new, automatically_created=True)
            for old, new in wanted.items()
            if old not in known and len(old) <= LONGEST and len(new) <= LONGEST
        ),
        batch_size=500,
    )
    ContentVersion.bump()
