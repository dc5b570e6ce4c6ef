"""The consumer competence framework becomes a catalogue: a family for each phase, a competence as its item."""

from dfs_pages.importers import schema
from dfs_pages.importers.framework import add_terms
from dfs_pages.importers.markup import Blocks, key
from dfs_pages.importers.nodes import Node, lines, node, sources
from dfs_pages.models import CataloguePage, ControlPage, ThreatPage

FILE = "consumer-competence.yaml"
PREFIX = "CCF"


def competences_node(framework: schema.Competences) -> Node:
    catalogue = node(
        CataloguePage,
        FILE,
        framework.slug,
        slug=framework.slug,
        title=framework.title,
        summary=framework.summary,
        body=body(framework),
        numbering=framework.official_totals.note,
        reference_prefix=PREFIX,
        source_url=framework.sources[0].url if framework.sources else "",
        sources=sources(framework.slug, framework.sources),
        missing=lines(framework.missing),
        children=[phase_node(phase, framework.official_totals) for phase in framework.sections],
        **official_counts(framework.official_totals),
    )
    add_terms(catalogue, "outcome", framework.outcome_types)
    return catalogue


def official_counts(counts: schema.Counts) -> dict[str, int | None]:
    return {
        "official_knowledge": counts.knowledge,
        "official_skills": counts.skills,
        "official_steps": counts.proactive_steps,
    }


def body(framework: schema.Competences) -> list:
    blocks = Blocks(f"{framework.slug}/body").paragraphs(framework.introduction)
    if framework.vulnerable_groups:
        blocks.heading("Groups that need particular attention").list(framework.vulnerable_groups)
    return blocks.blocks


def phase_node(phase: schema.Phase, totals: schema.Totals) -> Node:
    reference = f"{PREFIX}-{phase.id}"
    return node(
        ThreatPage,
        FILE,
        reference,
        reference=reference,
        slug=phase.id.lower(),
        code=phase.id,
        title=phase.title,
        description=phase.intro,
        affected=list(phase.audience),
        source_url=phase.recommendations[0].source_url if phase.recommendations else "",
        children=[competence_node(competence, phase) for competence in phase.recommendations],
        **official_counts(totals.by_phase.get(phase.id, schema.Counts())),
    )


def competence_node(competence: schema.Competence, phase: schema.Phase) -> Node:
    literature = Blocks(f"{competence.reference}/references")
    for text in competence.references:
        literature.add("reference", {"text": text, "url": ""})
    return node(
        ControlPage,
        FILE,
        competence.reference,
        reference=competence.reference,
        slug=competence.reference.lower(),
        title=competence.title,
        statement=competence.statement,
        outcomes=outcomes(competence),
        stakeholders=list(phase.audience),
        references=literature.blocks,
        itu_number=competence.id,
        itu_number_basis=competence.basis,
        unseen=competence.unseen,
        note=competence.note,
        source_url=competence.source_url,
        **official_counts(competence.official_counts),
    )


def outcomes(competence: schema.Competence) -> list:
    kinds = (
        ("K", competence.outcomes.knowledge),
        ("S", competence.outcomes.skills),
        ("P", competence.outcomes.proactive_steps),
    )
    return [
        {
            "type": "outcome",
            "value": {"kind": kind, "code": item.id, "text": item.text, "gender_note": item.gender_note},
            "id": str(key(competence.reference, item.id)),
        }
        for kind, items in kinds
        for item in items
    ]
