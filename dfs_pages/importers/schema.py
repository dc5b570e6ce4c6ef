"""What the content files may hold. A field that is not named here is refused, so that nothing is dropped silently."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from dfs_workflow.models.reference import REFERENCE

Words = Annotated[str, StringConstraints(min_length=1, max_length=250, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000, strip_whitespace=True)]
OptionalText = Annotated[str, StringConstraints(max_length=10_000, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
Ref = Annotated[str, StringConstraints(pattern=REFERENCE.pattern, max_length=40)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]
Count = Annotated[int, Field(ge=0, le=10_000)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Source(Strict):
    title: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    url: Address


class Sourced(Strict):
    source_url: Address


class Recommendation(Sourced):
    reference: Ref
    id: Short | None = None
    title: Words
    statement: Text
    detail: list[Text] = []
    threats: list[Words] = []
    references: list[Text] = []
    basis: Literal["platform", "report", "framework", "related"]
    source_item: int | Short | None = None
    owasp_mobile_2016: Words | None = None


class Section(Sourced):
    reference_prefix: Ref
    title: Words
    official_section: Short | None = None
    intro: Text
    audience: list[Code]
    recommendations: list[Recommendation]


class Named(Strict):
    name: Words
    note: Text


class Attack(Strict):
    name: Words
    effect: Text


class ChapterBackground(Strict):
    attack_surfaces: list[Named] = []
    attack_types: list[Attack] = []
    report_conclusions: list[Text] = []


class Chapter(Strict):
    slug: Slug
    title: Words
    summary: Text
    introduction: list[Text]
    sources: list[Source]
    sections: list[Section]
    background: ChapterBackground | None = None
    missing: list[Text] = []


class Term(Strict):
    id: Code
    title: Words
    description: OptionalText = ""


class Audit(Strict):
    group: Code
    question: Text


class Control(Strict):
    reference: Ref
    id: Short
    gitbook_id: Short
    reserved: bool = False
    title: OptionalText = ""  # else the start of the statement
    statement: OptionalText = ""
    stakeholder: list[Code]
    dimensions: list[Code]
    number_basis: Literal["seen", "seen_2020", "derived"]
    detail: list[Text] = []
    audit: Audit | None = None
    note: OptionalText = ""
    source_url: Address | None = None


class Vulnerability(Strict):
    text: Text
    dimensions: list[Code]


class Risk(Strict):
    title: Text
    stakeholder: list[Code]
    vulnerabilities: list[Vulnerability]
    controls: list[Control]
    note: OptionalText = ""


class Threat(Sourced):
    reference: Ref
    id: Slug
    number: Count
    report_section: Short
    x1150_section: Short
    title: Words
    description: Text
    affected: list[Code]
    risks: list[Risk]
    note: OptionalText = ""


class Explained(Strict):
    title: Words
    description: Text


class WalletThreats(Strict):
    element: Words
    threats: list[Words]


class FrameworkBackground(Strict):
    security_layers: list[Explained] = []
    benchmarks: list[Text] = []
    business_models: list[Explained] = []
    payment_categories: list[Text] = []
    ecosystem_elements_telecom: list[Text] = []
    ecosystem_elements_wallet: list[Text] = []
    wallet_threats: list[WalletThreats] = []
    risk_process: list[Explained] = []


class Framework(Strict):
    title: Words
    summary: Text
    introduction: list[Text]
    sources: list[Source]
    numbering: Text
    dimensions: list[Term]
    stakeholders: list[Term]
    audit_groups: list[Term]
    threats: list[Threat]
    background: FrameworkBackground | None = None
    missing: list[Text] = []


class Outcome(Strict):
    id: Short
    text: Text
    gender_note: OptionalText = ""


class Outcomes(Strict):
    knowledge: list[Outcome] = []
    skills: list[Outcome] = []
    proactive_steps: list[Outcome] = []


class Counts(Strict):
    knowledge: Count | None = None
    skills: Count | None = None
    proactive_steps: Count | None = None


class PhaseCounts(Counts):
    competences: Count


class Totals(PhaseCounts):
    by_phase: dict[Code, PhaseCounts]
    note: Text


class Competence(Sourced):
    reference: Ref
    id: Short
    title: Words
    statement: Text
    detail: list[Text]
    threats: list[Words]
    references: list[Text]
    basis: Literal["report"]
    outcomes: Outcomes = Outcomes()
    official_counts: Counts
    seen_counts: Counts
    unseen: Text
    note: OptionalText = ""


class Phase(Strict):
    id: Code
    title: Words
    intro: Text
    audience: list[Code]
    recommendations: list[Competence]


class Competences(Strict):
    slug: Slug
    title: Words
    summary: Text
    introduction: list[Text]
    sources: list[Source]
    outcome_types: list[Term]
    levels: list[Words]
    official_totals: Totals
    audiences: list[Code]
    vulnerable_groups: list[Words]
    sections: list[Phase]
    missing: list[Text] = []


class Block(Strict):
    heading: Words | None = None
    paragraph: Text | None = None
    items: list[Text] | None = Field(None, alias="list")

    @model_validator(mode="after")
    def check_is_one(self) -> "Block":
        if sum(value is not None for value in (self.heading, self.paragraph, self.items)) != 1:
            raise ValueError("write exactly one of heading, paragraph and list")
        return self


class Home(Strict):
    title: Words
    seo_title: Words
    lead: Text
    body: list[Block]


class ListPage(Strict):
    slug: Slug
    title: Words
    summary: Text


class PlainPage(ListPage):
    body: list[Block]


class PlainPages(Strict):
    home: Home
    indexes: list[ListPage]
    pages: list[PlainPage]


class GlossaryEntry(Strict):
    key: Slug
    term: Words
    acronym: Short | None = None
    definition: Text
    see_also: list[Slug] = []


class Glossary(Strict):
    terms: list[GlossaryEntry]


class ProfileItem(Strict):
    reference: Ref
    why: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class Profile(ListPage):
    stakeholder: Code
    items: list[ProfileItem]


class Profiles(Strict):
    profiles: list[Profile]


class LibraryEntry(Strict):
    slug: Slug
    kind: Literal["report", "tool"]
    title: Words
    publisher: Words
    purpose: Text
    languages: list[Code]
    licence: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    url: Address


class Library(ListPage):
    checked_on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
    entries: list[LibraryEntry]


class MappedItem(Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9().-]*$", max_length=60)]
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class MappedFramework(Strict):
    id: Slug
    items: list[MappedItem]


class Mapping(Strict):
    control: Ref
    framework: Slug
    item: Short
    relation: Literal["equal-to", "equivalent-to", "subset-of", "superset-of", "intersects-with", "no-relationship"]
    confidence: Literal["high", "medium", "low"]
    rationale: Text


class Mappings(Strict):
    author: Words
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
    frameworks: list[MappedFramework]
    mappings: list[Mapping]
