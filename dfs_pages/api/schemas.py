"""The exact shapes of the answers. Texts are in the language of `language`; addresses are those of the reader's."""

from datetime import datetime
from typing import Any, Generic, TypeVar

from django.conf import settings
from ninja import Field, Schema
from pydantic import field_validator

from dfs_pages import conf
from dfs_workflow.api import PageOfResults, Strict, StrictQuery
from dfs_workflow.models.reference import REFERENCE
from dfs_workflow.query import source_language
from dfs_workflow.translation.query import FieldState

Item = TypeVar("Item")

NOTICE = (
    "Not an official ITU text. This platform restates ITU Recommendations and reports in its own words; "
    "follow source_url for the source. Licence: CC BY-NC-SA 4.0."
)


def known_language(code: str) -> str:
    if code not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        raise ValueError("this is not one of the languages of this site")
    return code


class LanguageQuery(Strict):
    """For one object: only the language can be chosen."""

    language: str = Field(default_factory=source_language, description="Language of the reader")

    check_language = field_validator("language")(known_language)


class ListQuery(StrictQuery):
    limit: int = Field(default_factory=lambda: conf.api_limits()[0], ge=1, le=100)
    language: str = Field(default_factory=source_language, description="Language of the reader")

    check_language = field_validator("language")(known_language)

    @field_validator("limit")
    @classmethod
    def check_limit(cls, limit: int) -> int:
        if limit > conf.api_limits()[1]:
            raise ValueError(f"ask for at most {conf.api_limits()[1]} items")
        return limit


class RecommendationQuery(ListQuery):
    chapter: str | None = Field(None, max_length=255, description="Slug of a chapter or section, for example sim-swap")
    audience: str | None = Field(None, max_length=40, description="Code, for example mno")
    threat: str | None = Field(None, max_length=200, description="Words of a threat, for example SIM swap fraud")
    reference: str | None = Field(None, pattern=REFERENCE.pattern, description="For example SIM-MNO-03")


class ControlQuery(ListQuery):
    catalogue: str | None = Field(None, max_length=255, description="Slug, for example assurance-framework")
    threat: str | None = Field(None, pattern=REFERENCE.pattern, description="Reference, for example SAF-T10")
    stakeholder: str | None = Field(None, max_length=40, description="Code, for example mno")
    dimension: str | None = Field(None, max_length=40, description="Code, for example authentication")
    reference: str | None = Field(None, pattern=REFERENCE.pattern, description="For example SAF-052")


class ThreatQuery(ListQuery):
    catalogue: str | None = Field(None, max_length=255, description="Slug, for example assurance-framework")
    reference: str | None = Field(None, pattern=REFERENCE.pattern, description="For example SAF-T10")


class GlossaryQuery(ListQuery):
    key: str | None = Field(None, max_length=60, description="For example sim-swap")


class PathQuery(LanguageQuery):
    path: str = Field(max_length=1000, description="Address below the language, for example recommendations/sim-swap/")


class Answer(PageOfResults[Item], Generic[Item]):
    notice: str = NOTICE


class One(Schema, Generic[Item]):
    notice: str = NOTICE
    item: Item


class Block(Schema):
    id: str
    type: str
    html: str


class Citation(Schema):
    text: str
    url: str


class Source(Schema):
    title: str
    url: str


class Link(Schema):
    title: str
    url: str
    reference: str


class FieldTranslation(Schema):
    translation_state: FieldState = Field(description="Whether the translation holds what the source says now")
    source_changed_at: datetime | None = Field(description="Since when the source says something else")


class Shown(Schema):
    """What every object says about itself."""

    title: str
    url: str
    language: str
    is_fallback: bool = Field(description="There is no translation; the text is in the source language")
    is_draft_translation: bool = Field(description="A translation that nobody has reviewed yet")
    fields: dict[str, FieldTranslation] = Field(description="Of a translation, the state of each translated field")
    source_texts: dict[str, str] = Field(
        description="The new wording of normative fields whose translation is outdated, in the source language"
    )
    published_at: datetime | None


class Cited(Shown):
    reference: str
    permanent_link: str
    source_url: str


class Recommendation(Cited):
    statement: str
    detail: list[Block]
    chapter: Link
    audiences: list[str]
    threats: list[str]
    references: list[Citation]
    related: list[Link]
    itu_number: str
    itu_number_basis: str
    source_item: str


class Risk(Schema):
    id: str
    title: str
    stakeholders: list[str]
    vulnerabilities: list["Vulnerability"]
    note: str


class Vulnerability(Schema):
    text: str
    dimensions: list[str]


class Outcome(Schema):
    kind: str
    code: str
    text: str
    gender_note: str


class Control(Cited):
    statement: str
    reserved: bool
    detail: list[Block]
    catalogue: Link
    threat: Link
    risk: str = Field(description="Id of a risk of the threat")
    risk_title: str
    stakeholders: list[str]
    dimensions: list[str]
    audit_group: str
    audit_question: str
    outcomes: list[Outcome]
    unseen: str
    references: list[Citation]
    related: list[Link]
    itu_number: str
    itu_number_basis: str
    gitbook_number: str
    note: str


class Threat(Cited):
    number: int | None
    code: str
    description: str
    catalogue: Link
    affected: list[str]
    risks: list[Risk]
    report_section: str
    x1150_section: str
    note: str


class Term(Schema):
    kind: str
    code: str
    title: str
    description: str


class Catalogue(Shown):
    slug: str
    summary: str
    numbering: str
    body: list[Block]
    terms: list[Term]
    sources: list[Source]
    source_url: str
    official_outcomes: int | None


class GlossaryTerm(Schema):
    key: str
    term: str
    acronym: str
    definition: str
    see_also: list[str]
    url: str
    language: str
    is_fallback: bool
    is_draft_translation: bool


class Page(Shown):
    kind: str
    reference: str
    permanent_link: str
    summary: str
    body: list[Block]
    source_url: str


class Node(Shown):
    kind: str
    reference: str
    children: list["Node"]


class Tree(Schema):
    notice: str = NOTICE
    items: list[Node]


Values = dict[str, Any]
