"""Loads the supplied template into pages: a second run changes only what differs, never what an editor changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from dfs_mou.importers.template_pages import TemplatePages
from dfs_mou.importers.translated_pages import Strings, overrides_in, texts_in
from dfs_mou.models import MouTemplatePage
from dfs_workflow.actions import require_legal_sign_off
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.report import Report
from dfs_workflow.importers.stored import EDITED
from dfs_workflow.importers.translations import apply_translations
from dfs_workflow.importers.tree import create_pages, update_page
from dfs_workflow.models import Decision
from dfs_workflow.models.digest import BOOKKEEPING
from dfs_workflow.models.own_reasons import MODEL_LOADED

# What a load never sets again: the place of the page, and who it belongs to.
NOT_LOADED = BOOKKEEPING | {"locale", "translation_key", "slug", "show_in_menus", "seo_title", "search_description"}


@transaction.atomic
def load(
    *,
    home: Page,
    pages: TemplatePages,
    translations: Mapping[str, Strings],
    by: Any = None,
) -> tuple[MouTemplatePage, Report]:
    report = Report()
    with system_publication(reason=MODEL_LOADED, by=by):
        template = load_source(home, pages, report, by)
        for language, strings in translations.items():
            load_translation(template, language, strings, report, by)
    return template, report


def load_source(home: Page, pages: TemplatePages, report: Report, by: Any) -> MouTemplatePage:
    wanted = [pages.template(), *pages.groups(), *pages.clauses()]
    found = stored([page.translation_key for page in wanted], home.locale_id)
    template = found.get(wanted[0].translation_key)
    if template is None:
        for page in wanted:
            page.locale = home.locale
        created = create_pages(home, [(wanted[0], [(page, ()) for page in wanted[1:]])], by=by)
        report.created += [page.slug for page in created]
        require_legal_sign_off(page=created[0])
        return created[0]  # type: ignore[return-value]
    missing = [page for page in wanted[1:] if page.translation_key not in found]
    for page in missing:
        page.locale = home.locale
    if missing:
        report.created += [page.slug for page in create_pages(template, [(page, ()) for page in missing], by=by)]
    untouched = only_loaded(found.values())
    for page in wanted:
        if row := found.get(page.translation_key):
            bring_up_to_date(row, page, report, by, is_ours=row.pk in untouched)
    return template


def bring_up_to_date(row: Page, wanted: Page, report: Report, by: Any, *, is_ours: bool) -> None:
    if not is_ours:
        report.left_alone.append((row.slug, EDITED))
        return
    for fields in wanted._meta.concrete_fields:
        if fields.name not in NOT_LOADED and not fields.primary_key:
            setattr(row, fields.attname, getattr(wanted, fields.attname))
    if update_page(row, by=by):
        report.changed.append(row.slug)
    else:
        report.unchanged += 1


def load_translation(template: Page, language: str, strings: Strings, report: Report, by: Any) -> None:
    locale = Locale.objects.filter(language_code=language).first()
    home = template.get_parent()
    if locale is None or not home.has_translation(locale):
        report.notes.append(f"No home page in “{language}”: that translation was left out.")
        return
    rows = [template, *template.get_children().live().specific()]
    apply_translations(rows, locale, texts_in(strings), report, overrides=overrides_in(strings), by=by)


def stored(translation_keys: Sequence[Any], locale_id: int) -> dict[Any, Page]:
    rows = Page.objects.filter(translation_key__in=translation_keys, locale_id=locale_id).specific()
    return {page.translation_key: page for page in rows}


def only_loaded(pages: Any) -> set[int]:
    """Pages whose newest version is live and was put there by a load, and by nobody since."""
    live = {
        page.live_revision_id: page.pk
        for page in pages
        if page.live and page.live_revision_id == page.latest_revision_id
    }
    loaded = Decision.objects.filter(revision_id__in=live, kind=Decision.Kind.SYSTEM, reason=MODEL_LOADED)
    return {live[revision] for revision in loaded.values_list("revision_id", flat=True)}
