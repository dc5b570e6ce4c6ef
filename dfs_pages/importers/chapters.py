"""A chapter file becomes a chapter page, its sections below it and their recommendations below them."""

import re
from collections.abc import Mapping

from dfs_pages.importers import schema
from dfs_pages.importers.markup import Blocks
from dfs_pages.importers.nodes import Node, lines, node, sources
from dfs_pages.models import ChapterPage, RecommendationPage

FRAMEWORK_CITATION = re.compile(r"^DFS Security Assurance Framework (C\d+(?:, C\d+)*)$")
ADDRESS = re.compile(r"\((https?://[^\s()]+)\)$")


def chapter_node(name: str, chapter: schema.Chapter, references: Mapping[str, str]) -> Node:
    """`references` gives our reference for the official number of a control."""
    file = f"{name}.yaml"
    return node(
        ChapterPage,
        file,
        name,
        slug=chapter.slug,
        title=chapter.title,
        summary=chapter.summary,
        body=body(chapter),
        source_url=chapter.sources[0].url if chapter.sources else "",
        sources=sources(name, chapter.sources),
        missing=lines(chapter.missing),
        children=[section_node(file, section, references) for section in chapter.sections],
    )


def body(chapter: schema.Chapter) -> list:
    blocks = Blocks(f"{chapter.slug}/body").paragraphs(chapter.introduction)
    background = chapter.background
    if background and background.attack_surfaces:
        blocks.heading("Where attacks enter").definitions((s.name, s.note) for s in background.attack_surfaces)
    if background and background.attack_types:
        blocks.heading("Types of attack").definitions((a.name, a.effect) for a in background.attack_types)
    if background and background.report_conclusions:
        blocks.heading("What the report concludes").list(background.report_conclusions)
    return blocks.blocks


def section_node(file: str, section: schema.Section, references: Mapping[str, str]) -> Node:
    prefix = section.reference_prefix
    return node(
        ChapterPage,
        file,
        prefix,
        slug=prefix.lower(),
        title=section.title,
        body=Blocks(f"{prefix}/body").paragraph(section.intro).blocks,
        audiences=list(section.audience),
        reference_prefix=prefix,
        source_url=section.source_url,
        children=[recommendation_node(file, item, section, references) for item in section.recommendations],
    )


def recommendation_node(
    file: str, item: schema.Recommendation, section: schema.Section, references: Mapping[str, str]
) -> Node:
    return node(
        RecommendationPage,
        file,
        item.reference,
        reference=item.reference,
        slug=item.reference.lower(),
        title=item.title,
        statement=item.statement,
        detail=detail(item.reference, item.detail),
        audiences=list(section.audience),
        threats=threats(item),
        references=literature(item),
        related=related(item, references),
        source_url=item.source_url,
        source_item="" if item.source_item is None else str(item.source_item),
        itu_number=item.id or "",
        itu_number_basis=item.basis,
    )


def detail(owner: str, texts: list[str]) -> list:
    """One point is a paragraph; several are a list."""
    blocks = Blocks(f"{owner}/detail")
    return (blocks.list(texts) if len(texts) > 1 else blocks.paragraphs(texts)).blocks


def threats(item: schema.Recommendation) -> list:
    blocks = Blocks(f"{item.reference}/threats")
    for threat in item.threats:
        blocks.add("threat", threat)
    return blocks.blocks


def literature(item: schema.Recommendation) -> list:
    blocks = Blocks(f"{item.reference}/references")
    for text in item.references:
        address = ADDRESS.search(text)
        words = ADDRESS.sub("", text).strip()
        blocks.add("reference", {"text": words, "url": address[1] if address else ""})
    if item.owasp_mobile_2016:
        blocks.add("reference", {"text": f"OWASP Mobile Top 10 (2016), {item.owasp_mobile_2016}", "url": ""})
    return blocks.blocks


def related(item: schema.Recommendation, references: Mapping[str, str]) -> list[str]:
    """“DFS Security Assurance Framework C52, C53” names two controls that have references here."""
    cited = [match[1].split(", ") for text in item.references if (match := FRAMEWORK_CITATION.match(text))]
    numbers = [number for group in cited for number in group]
    return list(dict.fromkeys(references[number] for number in numbers if number in references))
