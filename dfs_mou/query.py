"""Reads for every surface: pages, builder, API and commands ask these functions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from dfs_mou.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    ClausePage,
    MouTemplatePage,
    QuestionGroupPage,
    TemplateEdition,
)
from dfs_workflow.conf import reading_order
from dfs_workflow.models import Decision, Organisation, OrganisationCountry
from dfs_workflow.query import public, restricted_for, reviewed_at, source_language, translations_of

REGULATORS = (Organisation.Kind.TELECOM_REGULATOR,)
CENTRAL_BANKS = (Organisation.Kind.CENTRAL_BANK,)


def variable_choices() -> list[tuple[str, str]]:
    """Key and label of every question, for the editor's list of chips."""
    groups = QuestionGroupPage.objects.filter(locale__language_code=source_language()).order_by("path")
    found = {block.value["name"]: block.value["label"] for group in groups for block in group.variables}
    return list(found.items())


def clause_choices() -> list[tuple[str, str]]:
    """Key and title of every clause and annex; only whole ones can be referred to."""
    pages = ClausePage.objects.filter(locale__language_code=source_language()).order_by("path")
    return list(dict(pages.values_list("key", "title")).items())  # two templates may have a clause of one name


def current_edition_key(template: str) -> tuple[int, str] | None:
    """Which edition is in force: its row and the hash of its content."""
    return TemplateEdition.objects.of(template).values_list("pk", "sha256").first()


def is_public_template(template: str) -> bool:
    found = public(MouTemplatePage.objects.filter(template_key=template, locale__language_code=source_language()))
    return found.exists()


def source_template(
    page: MouTemplatePage | ClausePage | QuestionGroupPage, request: HttpRequest | None = None
) -> MouTemplatePage | None:
    """The template, in the source language, that a page belongs to."""
    template = page if isinstance(page, MouTemplatePage) else page.get_parent()
    if isinstance(template, MouTemplatePage) and template.locale.language_code == source_language():
        return template
    if isinstance(template, MouTemplatePage):
        pages = translations_of(template, request)
        return next((page for page in pages if page.locale.language_code == source_language()), None)
    sources = MouTemplatePage.objects.filter(translation_key=template.translation_key).select_related("locale")
    return sources.filter(locale__language_code=source_language()).first()


def source_of(page: ClausePage, request: HttpRequest | None = None) -> ClausePage | None:
    """The live clause in the source language."""
    rows = translations_of(page, request)
    return next((row for row in rows if row.live and row.locale.language_code == source_language()), None)


def in_language(page: MouTemplatePage, language: str) -> MouTemplatePage:
    """The live translation of a page, or else the page itself."""
    if page.locale.language_code == language:
        return page
    found = public(MouTemplatePage.objects.filter(translation_key=page.translation_key, locale__language_code=language))
    return found.select_related("locale").first() or page


def clauses_in(language: str, template: MouTemplatePage, request: HttpRequest | None = None) -> list[ClausePage]:
    """The clauses of a template in the order of the source, each in the first language of the reader that it has."""
    rows = ClausePage.objects.filter(locale__language_code__in=reading_order(language))
    return _overlaid(rows.defer("body", "clauses", "guidance"), language, template, request)


def groups_in(language: str, template: MouTemplatePage, request: HttpRequest | None = None) -> list[QuestionGroupPage]:
    rows = QuestionGroupPage.objects.filter(locale__language_code__in=reading_order(language))
    return _overlaid(rows, language, template, request)


def _overlaid(
    queryset: QuerySet[Any], language: str, template: MouTemplatePage, request: HttpRequest | None
) -> list[Any]:
    restricted = restricted_for(request) if request else None
    rows = list(public(queryset, restricted=restricted).select_related("locale").order_by("path"))
    order = reading_order(language)
    rows_worst_first = sorted(rows, key=lambda page: -order.index(page.locale.language_code))
    best = {page.translation_key: page for page in rows_worst_first}
    return [best[page.translation_key] for page in rows if page.path.startswith(template.path)]


def is_unreviewed_translation(
    page: ClausePage | MouTemplatePage | QuestionGroupPage, request: HttpRequest | None = None
) -> bool:
    """Loaded with the supplied content and not yet read by a second person."""
    is_source: bool = page.locale.language_code == source_language()
    return not is_source and page.live_revision_id is not None and reviewed_at(page, request) is None


def unreviewed_languages(template: str) -> set[str]:
    """Languages in which some clause is a translation that nobody has reviewed."""
    parents = MouTemplatePage.objects.filter(template_key=template).exclude(locale__language_code=source_language())
    found = set()
    for parent in parents.select_related("locale"):
        revisions = public(ClausePage.objects.child_of(parent)).values_list("live_revision_id", flat=True)
        if _loaded(revisions).exists():
            found.add(parent.locale.language_code)
    return found


def _loaded(revisions: Iterable[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(revision_id__in=revisions, kind=Decision.Kind.SYSTEM)


def countries() -> list[tuple[str, str]]:
    """Code and English name of every country in the directory."""
    return list(OrganisationCountry.objects.order_by("name").values_list("code", "name").distinct())


def authorities(code: str) -> tuple[list[Organisation], list[Organisation]]:
    """The telecommunications regulators and the central banks of a country."""
    found = list(Organisation.objects.filter(countries__code=code).order_by("name", "pk"))
    regulators = [organisation for organisation in found if organisation.kind in REGULATORS]
    return regulators, [organisation for organisation in found if organisation.kind in CENTRAL_BANKS]


def party(token_hash: str, at: datetime) -> AgreementParty | None:
    """Who holds this link, with the agreement: the only way to one."""
    found = AgreementParty.objects.filter(token_hash=token_hash, agreement__expires_at__gt=at)
    return found.select_related("agreement__edition").first()


def wording_of(token_hash: str, at: datetime) -> dict[str, Any]:
    found = AgreementParty.objects.filter(token_hash=token_hash, agreement__expires_at__gt=at)
    return found.values_list("agreement__wording", flat=True).first() or {}


def authors_of(agreement: Agreement) -> dict[tuple[str, str], AgreementVersion]:
    """For each answer, by language and name, the version in which it last changed."""
    authors: dict[tuple[str, str], AgreementVersion] = {}
    before: dict[tuple[str, str], Any] = {}
    for version in agreement.versions.all():
        now = answers_by_place(version.answers)
        for place in {*before, *now}:
            if before.get(place) != now.get(place):
                authors[place] = version
        before = now
    return authors


def answers_by_place(answers: dict[str, Any]) -> dict[tuple[str, str], Any]:
    rows = {("", name): value for name, value in answers.get("common", {}).items()}
    for language, part in answers.get("values", {}).items():
        rows |= {(language, name): value for name, value in part.items()}
    return rows
