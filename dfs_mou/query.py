"""Reads for every surface: pages, builder, API and commands ask these functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from dfs_mou.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    ClausePage,
    Conclusion,
    HouseStyle,
    MouTemplatePage,
    QuestionGroupPage,
    TemplateEdition,
)
from dfs_workflow.conf import reading_order
from dfs_workflow.models import Decision, Membership, Organisation, OrganisationCountry
from dfs_workflow.models.one_person import why_not_in_its_name
from dfs_workflow.permissions import STEWARD
from dfs_workflow.query import public, restricted_for, reviewed_at, source_language, translations_of

REGULATORS = (Organisation.Kind.TELECOM_REGULATOR,)
CENTRAL_BANKS = (Organisation.Kind.CENTRAL_BANK,)


def current_edition_key(template: str) -> tuple[int, str] | None:
    """Which edition is in force: its row and the hash of its content."""
    return TemplateEdition.objects.of(template).values_list("pk", "sha256").first()


def without_translation(template: MouTemplatePage, language: str) -> list[str]:
    """The pages of a template that don't exist in a language, by their titles: its edition can't be in it."""
    titles: list[str] = []
    for model in (QuestionGroupPage, ClausePage):
        known = model.objects.filter(locale__language_code=language).values("translation_key")
        rows = model.objects.child_of(template).exclude(translation_key__in=known)
        titles += rows.order_by("path").values_list("draft_title", flat=True)
    return titles


def is_public_template(template: str) -> bool:
    found = public(MouTemplatePage.objects.filter(template_key=template, locale__language_code=source_language()))
    return found.exists()


def templates_of(pages: Sequence[Page]) -> list[MouTemplatePage]:
    """The templates, in the source language, that these pages are or belong to, in two queries."""
    paths = {path for page in pages for path in (page.path, page.path[: -Page.steplen])}
    keys = list(MouTemplatePage.objects.filter(path__in=paths).values_list("translation_key", flat=True))
    if not keys:
        return []
    return list(MouTemplatePage.objects.filter(translation_key__in=keys, locale__language_code=source_language()))


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


def house_style_in_force() -> HouseStyle | None:
    return HouseStyle.objects.exclude(approved_at=None).order_by("-approved_at", "-pk").first()


def look_in_force() -> str:
    """As the renderers of Word files take it; the empty text is the look that comes with the platform."""
    style = house_style_in_force()
    return _as_text(style.look) if style else ""


def look_of(agreement: Agreement | None) -> str:
    """The parties' own, or that of the site."""
    return (agreement and _as_text(agreement.look)) or look_in_force()


def _as_text(look: Any) -> str:
    return json.dumps(look, sort_keys=True) if look else ""


def number(text: str) -> int:
    """A primary key as a form sends it; 0, which no row has, where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def countries() -> list[tuple[str, str]]:
    """Code and English name of every country in the directory."""
    return list(OrganisationCountry.objects.order_by("name").values_list("code", "name").distinct())


def authorities(code: str) -> tuple[list[Organisation], list[Organisation]]:
    """The telecommunications regulators and the central banks of a country."""
    found = list(Organisation.objects.filter(countries__code=code).order_by("name", "pk"))
    regulators = [organisation for organisation in found if organisation.kind in REGULATORS]
    return regulators, [organisation for organisation in found if organisation.kind in CENTRAL_BANKS]


MEMBER = "member."  # how the key of a party begins that is opened by membership; no token of a link has a full stop


def hash_of(token: str) -> str:
    """The token has 256 random bits, so a plain hash keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()


def spoken_for(user: Any) -> Organisation | None:
    """The organisation whose agreements somebody may open: a member, no sponsored expert, who accepted the charter.

    Stewards open none by membership, as they can make themselves members of any organisation, and for the same reason
    nobody whom only one person knows.
    """
    own = membership_of(user)
    return own.organisation if own and not why_not_in_its_name(own) else None


def membership_of(user: Any) -> Membership | None:
    if user is None or not user.is_authenticated or not user.is_active or user.has_perm(STEWARD):
        return None
    rows = Membership.objects.active().with_charter().filter(user=user, role=Membership.Role.MEMBER)
    own: Membership | None = rows.select_related("organisation").first()
    return own if own and own.accepted_charter else None  # type: ignore[attr-defined]


def why_not_spoken_for(user: Any) -> str:
    """Where a membership would open agreements, if somebody else confirmed it."""
    return str(why_not_in_its_name(membership_of(user)) or "")


def opened_by(token: str, user: Any, at: datetime) -> QuerySet[AgreementParty]:
    """The one rule: an agreement opens to who holds a link, and to members of an authority that is a party."""
    rows = AgreementParty.objects.filter(agreement__expires_at__gt=at)
    if not token.startswith(MEMBER):
        return rows.filter(token_hash=hash_of(token))
    own = spoken_for(user)
    return rows.none() if own is None else rows.filter(pk=number(token.removeprefix(MEMBER)), organisation=own)


def party(token: str, user: Any, at: datetime) -> AgreementParty | None:
    """Who this key belongs to, with the agreement."""
    return opened_by(token, user, at).select_related("agreement__edition", "organisation").first()


def wording_of(token: str, user: Any, at: datetime) -> dict[str, Any]:
    return opened_by(token, user, at).values_list("agreement__wording", flat=True).first() or {}


def parties_of(organisation: Organisation, at: datetime) -> QuerySet[AgreementParty]:
    """The agreements that an organisation is a party of, by its members' right to open them."""
    rows = AgreementParty.objects.filter(organisation=organisation, agreement__expires_at__gt=at)
    rows = rows.select_related("agreement__conclusion").prefetch_related("agreement__parties__organisation")
    return rows.defer("agreement__answers", "agreement__wording").order_by("-agreement__saved_at")


def invitable(agreement: Agreement) -> list[Organisation]:
    """Organisations of the country that have members who could open the agreement, and are no party yet."""
    country = agreement.answers.get("parties", {}).get("country", "")
    members = Membership.objects.active().vouched().filter(role=Membership.Role.MEMBER)
    rows = Organisation.objects.filter(countries__code=country, memberships__in=members)
    taken = agreement.parties.exclude(organisation=None).values("organisation")
    return list(rows.exclude(pk__in=taken).distinct().order_by("name", "pk"))


def register() -> QuerySet[Conclusion]:
    """What the public register shows: nothing that a party has not agreed to show."""
    rows = Conclusion.objects.public().select_related("agreement__edition")
    heavy = ("answers", "wording", "keep", "edition__content")
    rows = rows.defer(*(f"agreement__{name}" for name in heavy))
    # Named once more, as Django takes no order of a model for one that is grouped.
    return rows.prefetch_related("agreement__parties__organisation").order_by("-signed_on", "-pk")


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
