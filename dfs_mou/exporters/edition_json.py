"""The pages of a template, in all languages that are complete, as the JSON form of an edition."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from dfs_mou.blocks.values import from_text
from dfs_mou.exporters.conditions import condition_of
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_mou.models.clause_page import NumberMode, Section, walk
from dfs_mou.rich_text import runs_of
from dfs_workflow.query import public, source_language
from dfs_workflow.translation.query import stale_fields

Json = dict[str, Any]
Versions = dict[str, Any]  # one page, or one block of it, in each language


@dataclass(frozen=True)
class _Pages:
    """Which version of each page is read. `instead`: a page as it stands in an editor's form, in place of its row."""

    drafts: bool
    instead: Any = None

    def by_language(self, family: Any, languages: Collection[str]) -> dict[str, Any]:
        rows = self._rows(family).select_related("locale")
        rows = rows.filter(locale__language_code__in=languages) if languages else rows
        return {page.locale.language_code: self._version(page) for page in rows}

    def below(self, model: Any, parent: Any) -> dict[Any, Any]:
        """A draft that has no key yet is no part of the template: it would stop the check of all others."""
        rows = self._rows(model.objects.child_of(parent))
        versions = [self._version(page) for page in rows.order_by("path")]
        found = {page.translation_key: page for page in versions if page.key}
        new = self.instead
        if isinstance(new, model) and new.locale_id == parent.locale_id and new.path.startswith(parent.path):
            found.setdefault(new.translation_key, new)
        return found

    def _rows(self, pages: Any) -> Any:
        return pages.select_related("latest_revision") if self.drafts else public(pages)

    def _version(self, page: Any) -> Any:
        if type(self.instead) is type(page) and self.instead.pk == page.pk:
            return self.instead
        return _draft(page) if self.drafts and page.has_unpublished_changes else page


def _draft(page: Any) -> Any:
    """The newest version, for reading only: Wagtail's own way asks the database seven times for each."""
    draft = type(page).from_serializable_data(page.latest_revision.content, check_fks=False)
    for name in ("pk", "path", "depth", "numchild", "locale_id", "translation_key", "last_published_at"):
        setattr(draft, name, getattr(page, name))
    return draft


def edition_json(
    template: MouTemplatePage, *, drafts: bool = False, instead: Any = None, only: Collection[str] = ()
) -> Json:
    """`template` is the page in the source language. `drafts`: as its editors left it, not as readers see it.
    `only`: the languages wanted beside the source."""
    pages, source = _Pages(drafts, instead), source_language()
    family = MouTemplatePage.objects.filter(translation_key=template.translation_key)
    templates = pages.by_language(family, {source, *only} if only else ())
    groups = {language: pages.below(QuestionGroupPage, page) for language, page in templates.items()}
    clauses = {language: pages.below(ClausePage, page) for language, page in templates.items()}
    languages = [
        language
        for language in [source, *sorted(set(templates) - {source})]
        if {*groups[source], *clauses[source]} <= {*groups[language], *clauses[language]}
    ]
    group_rows = [{lang: groups[lang][key] for lang in languages} for key in groups[source]]
    clause_rows = [{lang: clauses[lang][key] for lang in languages} for key in clauses[source]]
    # Which translations are outdated takes longer than all the rest, and no editor waits for it while writing.
    stale = {} if instead else {lang: stale_fields(lang) for lang in languages if lang != source}
    variables = [row for versions in group_rows for row in _variables(versions)]
    types = {row["name"]: row["type"] for row in variables}
    return {
        "template": template.template_key,
        "version": templates[source].version,
        "languages": languages,
        "title": {lang: templates[lang].title for lang in languages},
        "groups": [_group(versions) for versions in group_rows],
        "variables": variables,
        "clauses": [_clause(row, types, stale) for row in clause_rows if _source(row).section == Section.CLAUSE],
        "annexes": [_clause(row, types, stale) for row in clause_rows if _source(row).section == Section.ANNEX],
    }


def _source(versions: Versions) -> Any:
    return next(iter(versions.values()))


def _texts(versions: Versions, name: str) -> dict[str, str]:
    texts = {lang: str(_field(version, name) or "").strip() for lang, version in versions.items()}
    return {lang: text for lang, text in texts.items() if text}


def _field(version: Any, name: str) -> Any:
    return version.get(name) if isinstance(version, Mapping) else getattr(version, name)


def _group(versions: Versions) -> Json:
    return {"key": _source(versions).key, "title": _texts(versions, "title"), "help": _texts(versions, "help")}


def _variables(versions: Versions) -> list[Json]:
    rows = {lang: {block.id: block.value for block in page.variables} for lang, page in versions.items()}
    group = _source(versions).key
    return [
        _variable(group, {lang: rows[lang][identity] for lang in versions if identity in rows[lang]})
        for identity in _source(rows)
    ]


def _variable(group: str, versions: Versions) -> Json:
    source = _source(versions)
    kind = source["type"]

    def values(name: str) -> dict[str, Any]:
        read = {lang: from_text(kind, version[name] or "") for lang, version in versions.items()}
        return {lang: value for lang, value in read.items() if value is not None}

    usual = source["default_value"] or ""
    default = (values("default_text") or None) if source["localised"] else from_text(kind, usual)
    labels = {
        lang: {choice["value"]: choice["label"] for choice in version["choices"]} for lang, version in versions.items()
    }
    choices = [
        {"value": value, "label": {lang: found[value] for lang, found in labels.items() if found.get(value)}}
        for value in _source(labels)
    ]
    return {
        **{name: source[name] for name in ("name", "type", "min", "max")},
        **{name: bool(source[name]) for name in ("required", "localised")},
        "group": group,
        "form_of": source["form_of"] or None,
        "unit": source["unit"] or None,
        "default": default,
        "label": _texts(versions, "label"),
        "help": _texts(versions, "help"),
        "example": values("example"),
        "choices": choices,
    }


def _clause(versions: Versions, types: Mapping[str, str], stale: Mapping[str, Any]) -> Json:
    page = _source(versions)
    number = {NumberMode.COUNTED: None, NumberMode.NONE: "", NumberMode.GIVEN: page.number_text}[page.number_mode]
    blocks = {lang: {block.id: block.value for block in walk(version.clauses)} for lang, version in versions.items()}
    parts = [_part(block, blocks, types) for block in page.clauses]
    numbering = {lang: version.numbering for lang, version in versions.items()} if parts else {}
    return {"reference": page.reference, **_node(versions, types), "number": number} | {
        "numbering": numbering,
        "clauses": parts,
        **({"reason": reason} if (reason := _texts(versions, "reason")) else {}),
        **({"outdated": outdated} if (outdated := _outdated(versions, stale)) else {}),
    }


def _outdated(versions: Versions, stale: Mapping[str, Any]) -> dict[str, str]:
    """By language, the day since which the source says something else than the translation."""
    found = {}
    for lang, page in versions.items():
        fields = stale.get(lang, {}).get(page.translation_key, {})
        days = [f.source_changed_at for name, f in fields.items() if name in page.normative_fields and not f.is_current]
        if days:
            found[lang] = max(filter(None, days), default=page.last_published_at).date().isoformat()
    return found


def _part(block: Any, blocks: Mapping[str, Mapping[str, Any]], types: Mapping[str, str]) -> Json:
    versions = {lang: found[block.id] for lang, found in blocks.items() if block.id in found}
    parts = [_part(child, blocks, types) for child in block.value.get("clauses") or ()]
    numbering = dict.fromkeys(blocks, block.value["numbering"]) if parts else {}
    return {**_node(versions, types), "number": None, "numbering": numbering, "clauses": parts}


def _node(versions: Versions, types: Mapping[str, str]) -> Json:
    source = _source(versions)
    bodies = {lang: runs_of(_html(_field(version, "body"))) for lang, version in versions.items()}
    return {
        "key": _field(source, "key"),
        "title": _texts(versions, "title"),
        "kind": _field(source, "kind"),
        "alternatives_group": _field(source, "alternatives_group") or None,
        "condition": condition_of(_field(source, "condition") or (), types),
        "default_included": bool(_field(source, "default_included")),
        "requires": (_field(source, "requires") or "").split(),
        "guidance": _texts(versions, "guidance"),
        "itu_reference": _field(source, "itu_reference") or None,
        "body": {lang: body for lang, body in bodies.items() if body},
    }


def _html(body: Any) -> str:
    return body if isinstance(body, str) else body.source
