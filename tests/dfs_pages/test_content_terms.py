"""Readers are not engineers: every acronym in the shipped texts is explained in the shipped glossary."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "dfs_pages" / "content"
GLOSSARY = CONTENT / "glossary.yaml"
# The library names tools, licences and publishers, and the mappings the identifiers of other frameworks.
TEXTS = [
    *sorted(path for path in CONTENT.glob("*.yaml") if path.stem not in {"glossary", "library", "mappings"}),
    ROOT / "dfs_mou" / "content" / "mou-template.en.yaml",
]
ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]+\b")

# Values of these keys are codes and addresses, or are shown to editors only.
NOT_PROSE = {
    *("audience", "basis", "gitbook_id", "id", "itu_reference", "missing", "number_basis"),
    *("reference", "reference_prefix", "slug", "source_item", "source_url", "url"),
}
NUMBERED_ITEM = re.compile(r"(?:[BCGKMPST]|CA)\d+")  # C53 and the like: numbers of the sources, not words
NAMES = {
    "CBN": "example of an authority",
    "NCA": "example of an authority",
    "NCC": "example of an authority",
    "UK": "a country",
    "MTN": "part of the name of a service",
    "PESA": "part of the name of a service",
    "BSD": "part of the name of a licence",
    "BY": "part of the name of a licence",
    "CC": "part of the name of a licence",
    "NC": "part of the name of a licence",
    "SA": "part of the name of a licence",
    "DOCX": "a kind of file",
    "PDF": "a kind of file",
    "UA": "part of PDF/UA, a kind of file",
    "AA": "a level, explained under WCAG",
    "SP": "a series, explained under NIST",
    "AMBER": "a label, explained under TLP",
    "CLEAR": "a label, explained under TLP",
    "GREEN": "a label, explained under TLP",
    "RED": "a label, explained under TLP",
    "STRICT": "a label, explained under TLP",
}


def prose(value: object, key: str = "") -> Iterator[str]:
    if key in NOT_PROSE:
        return
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from prose(inner, inner_key)
    elif isinstance(value, list):
        for inner in value:
            yield from prose(inner, key)
    elif isinstance(value, str):
        yield re.sub(r"https?://[^\s)]+", "", value)


def acronyms(path: Path) -> set[str]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = {acronym for text in prose(content) for acronym in ACRONYM.findall(text)}
    return {acronym for acronym in found if not NUMBERED_ITEM.fullmatch(acronym)}


@pytest.fixture(scope="module")
def terms() -> list[dict]:
    return yaml.safe_load(GLOSSARY.read_text(encoding="utf-8"))["terms"]


@pytest.fixture(scope="module")
def explained(terms) -> set[str]:
    return {word for term in terms for word in ACRONYM.findall(f"{term['term']} {term.get('acronym', '')}")}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_acronym_is_explained(path, explained):
    used = acronyms(path)
    assert "DFS" in used  # a file that is read wrongly has no acronyms
    assert used - explained - NAMES.keys() == set()


def test_the_list_of_names_has_no_leftovers(explained):
    used = set().union(*map(acronyms, TEXTS))
    assert NAMES.keys() <= used
    assert not NAMES.keys() & explained


def test_glossary_entries_are_complete_and_point_at_each_other(terms):
    keys = [term["key"] for term in terms]
    assert len(keys) == len(set(keys)) >= 80
    names = [name for term in terms for name in {term["term"], term.get("acronym", term["term"])}]
    assert len(names) == len(set(names))
    for term in terms:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", term["key"])
        assert term["definition"].endswith((".", "”"))
        assert set(term) <= {"key", "term", "acronym", "definition", "see_also"}
        assert set(term.get("see_also", [])) <= set(keys) - {term["key"]}
