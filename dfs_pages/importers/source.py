"""The content files, read and checked before anything is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from dfs_pages.importers import schema
from dfs_workflow.importers.yaml_source import SourceError, load_yaml

CHAPTERS = ("sim-swap", "ss7", "mobile-app")
Model = TypeVar("Model", bound=schema.Strict)


@dataclass(frozen=True)
class Content:
    pages: schema.PlainPages
    chapters: dict[str, schema.Chapter]
    framework: schema.Framework
    competences: schema.Competences
    glossary: schema.Glossary
    mappings: schema.Mappings
    profiles: schema.Profiles
    library: schema.Library


def read_content(folder: Path) -> Content:
    content = Content(
        pages=read(folder / "pages.yaml", schema.PlainPages),
        chapters={name: read(folder / f"{name}.yaml", schema.Chapter) for name in CHAPTERS},
        framework=read(folder / "assurance-framework.yaml", schema.Framework),
        competences=read(folder / "consumer-competence.yaml", schema.Competences),
        glossary=read(folder / "glossary.yaml", schema.Glossary),
        mappings=read(folder / "mappings.yaml", schema.Mappings),
        profiles=read(folder / "profiles.yaml", schema.Profiles),
        library=read(folder / "library.yaml", schema.Library),
    )
    check_unique(content)
    check_mappings(content)
    check_profiles(content)
    return content


def read(path: Path, model: type[Model]) -> Model:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceError(path.name, "", "the file is missing") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path.name, "", "the file is not readable as UTF-8 text") from error
    try:
        return model.model_validate(load_yaml(path.name, text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SourceError(path.name, place(first["loc"]), first["msg"][:1].lower() + first["msg"][1:]) from error


def place(location: Iterable[int | str]) -> str:
    """As one reads the file: sections[2].recommendations[1].statement, counted from 1."""
    parts = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in location]
    return "".join(parts).lstrip(".")


def check_unique(content: Content) -> None:
    for name, kind, values in identifiers(content):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            raise SourceError(name, "", f"the {kind} “{twice[0]}” is there twice")
    references = [reference for *_, values in identifiers(content) for reference in values if reference.isupper()]
    twice = [value for value, count in Counter(references).items() if count > 1]
    if twice:
        raise SourceError("content", "", f"the reference “{twice[0]}” is used in two files")


def identifiers(content: Content) -> Iterable[tuple[str, str, list[str]]]:
    """File, what it is, and all values that have to differ."""
    for name, chapter in content.chapters.items():
        yield f"{name}.yaml", "reference", [r.reference for s in chapter.sections for r in s.recommendations]
        yield f"{name}.yaml", "prefix", [section.reference_prefix for section in chapter.sections]
    controls = [control for t in content.framework.threats for risk in t.risks for control in risk.controls]
    threats = content.framework.threats
    yield "assurance-framework.yaml", "reference", [*(c.reference for c in controls), *(t.reference for t in threats)]
    yield "assurance-framework.yaml", "official number", [control.id for control in controls]
    yield "assurance-framework.yaml", "slug", [threat.id for threat in threats]
    competences = [competence for phase in content.competences.sections for competence in phase.recommendations]
    yield "consumer-competence.yaml", "reference", [competence.reference for competence in competences]
    yield "pages.yaml", "slug", [page.slug for page in (*content.pages.indexes, *content.pages.pages)]
    yield "glossary.yaml", "key", [term.key for term in content.glossary.terms]
    yield "profiles.yaml", "slug", [profile.slug for profile in content.profiles.profiles]
    yield "library.yaml", "slug", [entry.slug for entry in content.library.entries]
    yield "mappings.yaml", "pair", [f"{row.control} → {row.item}" for row in content.mappings.mappings]


def check_mappings(content: Content) -> None:
    """Both ends of each mapping exist."""
    controls = control_names(content)
    items = {(framework.id, item.id) for framework in content.mappings.frameworks for item in framework.items}
    for number, row in enumerate(content.mappings.mappings):
        if row.control not in controls:
            raise SourceError("mappings.yaml", place(["mappings", number]), f"there is no control {row.control}")
        if (row.framework, row.item) not in items:
            raise SourceError(
                "mappings.yaml", place(["mappings", number]), f"{row.item} is not listed in {row.framework}"
            )


def control_names(content: Content) -> set[str]:
    return {control.reference for t in content.framework.threats for risk in t.risks for control in risk.controls}


def check_profiles(content: Content) -> None:
    controls = control_names(content)
    for profile in content.profiles.profiles:
        unknown = [item.reference for item in profile.items if item.reference not in controls]
        if unknown:
            raise SourceError("profiles.yaml", profile.slug, f"there is no control {unknown[0]}")
