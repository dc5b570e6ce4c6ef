"""The assurance framework becomes a catalogue: threats with their risks, and their controls below them."""

from collections.abc import Sequence
from textwrap import shorten

from dfs_pages.importers import schema
from dfs_pages.importers.chapters import detail
from dfs_pages.importers.markup import Blocks, key
from dfs_pages.importers.nodes import Node, lines, node, sources
from dfs_pages.models import CataloguePage, CatalogueTerm, ControlPage, ThreatPage

FILE = "assurance-framework.yaml"
SLUG = "assurance-framework"
PREFIX = "SAF"
LONGEST_TITLE = 100


def framework_node(framework: schema.Framework) -> Node:
    catalogue = node(
        CataloguePage,
        FILE,
        SLUG,
        slug=SLUG,
        title=framework.title,
        summary=framework.summary,
        body=body(framework),
        numbering=framework.numbering,
        reference_prefix=PREFIX,
        source_url=framework.sources[0].url if framework.sources else "",
        sources=sources(SLUG, framework.sources),
        missing=lines(framework.missing),
        children=[threat_node(threat) for threat in framework.threats],
    )
    add_terms(catalogue, "stakeholder", framework.stakeholders)
    add_terms(catalogue, "dimension", framework.dimensions)
    add_terms(catalogue, "audit_group", framework.audit_groups)
    return catalogue


def control_references(framework: schema.Framework) -> dict[str, str]:
    """Our reference for each official number: C52 is SAF-052."""
    return {c.id: c.reference for threat in framework.threats for risk in threat.risks for c in risk.controls}


def add_terms(catalogue: Node, kind: str, terms: Sequence[schema.Term]) -> None:
    page = catalogue.page
    for term in terms:
        page.terms.add(
            CatalogueTerm(
                translation_key=key(page.slug, kind, term.id),
                kind=kind,
                code=term.id,
                title=term.title,
                description=term.description,
                sort_order=page.terms.count(),
            )
        )


def body(framework: schema.Framework) -> list:
    blocks = Blocks(f"{SLUG}/body").paragraphs(framework.introduction)
    background = framework.background
    if background is None:
        return blocks.blocks
    for heading, pairs in (
        ("Security layers", background.security_layers),
        ("Business models", background.business_models),
        ("Managing risk", background.risk_process),
    ):
        if pairs:
            blocks.heading(heading).definitions((pair.title, pair.description) for pair in pairs)
    for heading, texts in (
        ("Kinds of payment", background.payment_categories),
        ("Elements of the system, with a mobile operator", background.ecosystem_elements_telecom),
        ("Elements of the system, with a digital wallet", background.ecosystem_elements_wallet),
        ("Standards it draws on", background.benchmarks),
    ):
        if texts:
            blocks.heading(heading).list(texts)
    if background.wallet_threats:
        blocks.heading("Threats to digital wallets")
        blocks.definitions((group.element, "; ".join(group.threats)) for group in background.wallet_threats)
    return blocks.blocks


def threat_node(threat: schema.Threat) -> Node:
    risks = Blocks(f"{threat.reference}/risks")
    controls = []
    for risk in threat.risks:
        vulnerabilities = risks.items({"text": v.text, "dimensions": list(v.dimensions)} for v in risk.vulnerabilities)
        value = {
            "title": risk.title,
            "stakeholders": list(risk.stakeholder),
            "vulnerabilities": vulnerabilities,
            "note": risk.note,
        }
        identity = risks.add("risk", value).blocks[-1]["id"]
        controls += [control_node(control, threat, identity) for control in risk.controls]
    return node(
        ThreatPage,
        FILE,
        threat.reference,
        reference=threat.reference,
        slug=threat.id,
        title=threat.title,
        number=threat.number,
        description=threat.description,
        affected=list(threat.affected),
        risks=risks.blocks,
        report_section=threat.report_section,
        x1150_section=threat.x1150_section,
        note=threat.note,
        source_url=threat.source_url,
        children=controls,
    )


def title_of(control: schema.Control) -> str:
    if control.reserved:
        return "Reserved"
    return control.title or shorten(control.statement, LONGEST_TITLE, placeholder=" …")


def control_node(control: schema.Control, threat: schema.Threat, risk: str) -> Node:
    return node(
        ControlPage,
        FILE,
        control.reference,
        reference=control.reference,
        slug=control.reference.lower(),
        title=title_of(control),
        reserved=control.reserved,
        statement=control.statement,
        detail=detail(control.reference, list(control.detail)),
        stakeholders=list(control.stakeholder),
        dimensions=list(control.dimensions),
        risk=risk,
        itu_number=control.id,
        itu_number_basis=control.number_basis,
        gitbook_number=control.gitbook_id,
        audit_group=control.audit.group if control.audit else "",
        audit_question=control.audit.question if control.audit else "",
        note=control.note,
        source_url=control.source_url or threat.source_url,
    )
