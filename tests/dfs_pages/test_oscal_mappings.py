"""Mappings go out as an OSCAL mapping collection and come in again; what has no place here is named."""

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from dfs_pages import conf
from dfs_pages.importers.oscal.mappings import of_pair
from dfs_pages.models import ControlMapping, Relation
from dfs_workflow.gate import system_publication

DATA = Path(os.environ.get("DFS_TEST_DATA") or "/nowhere") / "oscal"
pytestmark = pytest.mark.usefixtures("content")
FIELDS = [
    *("translation_key", "source_framework", "source", "target_framework", "target", "target_title"),
    *("relation", "rationale", "confidence", "author", "mapped_on"),
]


def give_out(path: Path) -> dict[str, Any]:
    call_command("export_oscal", "mappings", str(path), stdout=StringIO())
    return json.loads(path.read_text())  # type: ignore[no-any-return]


def take_in(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_oscal", str(path), stdout=out, **options)
    return out.getvalue()


def rows() -> list[Any]:
    return list(ControlMapping.objects.filter(locale__language_code="en", live=True).order_by("pk").values(*FIELDS))


def by_key(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda row: str(row["translation_key"]))


def test_what_goes_out_comes_in_again_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "mappings.json"
    first, before = give_out(file), rows()
    assert first == give_out(file)
    assert take_in(file).startswith(f"0 created, 0 changed, {len(before)} unchanged, 0 left alone")
    with system_publication(reason="test"):
        for row in ControlMapping.objects.filter(locale__language_code="en")[:5]:
            row.delete()
    assert take_in(file).startswith(f"5 created, 0 changed, {len(before) - 5} unchanged")
    assert by_key(rows()) == by_key(before)
    groups = first["mapping-collection"]["mappings"]
    assert {group["target-resource"]["href"] for group in groups} == {row.url for row in conf.frameworks().values()}
    assert {group["source-resource"]["href"] for group in groups} == {
        "http://testserver/en/controls/assurance-framework/"
    }
    entry = next(e for group in groups for e in group["maps"] if e["targets"][0]["id-ref"] == "AC-7")
    assert entry["sources"][0]["id-ref"].startswith("saf-") and entry["remarks"]


OTHER = "https://example.org/catalog.json"
COLLECTION = {
    "mapping-collection": {
        "metadata": {"title": "By somebody else", "last-modified": "2026-02-03T00:00:00Z"},
        "mappings": [
            {
                "source-resource": {"type": "catalog", "href": OTHER},
                "target-resource": {"type": "catalog", "href": "ours.json"},
                "coverage": {"target-coverage": 0.5},
                "maps": [
                    {
                        "uuid": "11111111-1111-4111-8111-111111111111",
                        "relationship": "equivalent-to",
                        "sources": [{"type": "control", "id-ref": "AC-99"}],
                        "targets": [{"type": "control", "id-ref": "052"}, {"type": "statement", "id-ref": "053"}],
                        "confidence-score": {"percentage": 0.9},
                        "qualifiers": [{}],
                    },
                    {
                        "uuid": "22222222-2222-4222-8222-222222222222",
                        "relationship": "subset-of",
                        "sources": [{"type": "control", "id-ref": "AC-98"}],
                        "targets": [{"type": "control", "id-ref": "999"}],
                    },
                    {
                        "uuid": "33333333-3333-4333-8333-333333333333",
                        "relationship": "likes",
                        "sources": [{"type": "control", "id-ref": "AC-97"}],
                        "targets": [{"type": "control", "id-ref": "054"}],
                    },
                ],
            }
        ],
    }
}
NAMED = {"framework": [f"{OTHER}=nist-sp-800-53-r5"], "own": ["ours.json=SAF"]}


def test_a_collection_of_others_is_taken_in_and_what_it_loses_is_named(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(json.dumps(COLLECTION))
    assert take_in(file, dry_run=True, **NAMED).startswith("Dry run, nothing was changed:\n2 created")
    assert not ControlMapping.objects.filter(source="AC-99").exists()
    said = take_in(file, **NAMED)
    found = ControlMapping.objects.filter(source="AC-99")
    assert {(row.target, row.relation, row.confidence) for row in found} == {
        ("SAF-052", "superset-of", "high"),
        ("SAF-053", "superset-of", "high"),
    }
    for line in (
        "1 × entries with the relation “likes”",
        "1 × items that are parts of a control",
        "1 × items that this site doesn't have, such as SAF-999",
        "1 × sets of items",
        "1 × “coverage” of a mapping",
        "1 × “qualifiers” of an entry",
    ):
        assert f"not kept: {line}" in said
    assert take_in(file, **NAMED).startswith("0 created, 0 changed, 2 unchanged")


def test_a_file_that_can_t_be_understood_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(json.dumps(COLLECTION))
    before = rows()
    with pytest.raises(CommandError, match="example.org/catalog.json: say which framework this is"):
        take_in(file)
    with pytest.raises(CommandError, match="knows no framework “iso”"):
        take_in(file, framework=[f"{OTHER}=iso"])
    file.write_text(json.dumps({"mapping-collection": {"metadata": {}}}))
    with pytest.raises(CommandError, match="the mapping collection has no title"):
        take_in(file)
    assert rows() == before


@pytest.mark.parametrize(
    ("relation", "sources", "targets", "expected"),
    [
        ("subset-of", 1, 3, "intersects-with"),
        ("subset-of", 3, 1, "subset-of"),
        ("superset-of", 1, 3, "superset-of"),
        ("superset-of", 3, 1, "intersects-with"),
        ("equal-to", 1, 3, "superset-of"),
        ("equal-to", 3, 1, "subset-of"),
        ("equal-to", 3, 3, "intersects-with"),
        ("no-relationship", 3, 3, "no-relationship"),
        ("equal-to", 1, 1, "equal-to"),
    ],
)
def test_a_pair_gets_the_relation_that_its_sets_allow(relation: str, sources: int, targets: int, expected: str) -> None:
    assert of_pair(Relation(relation), sources, targets) == expected


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.exists(), reason="DFS_TEST_DATA does not name the real data")
class TestRealData:
    def test_our_collection_is_valid_oscal(self, tmp_path: Path) -> None:
        text = (DATA / "schemas/oscal_mapping_schema.json").read_text()
        # Python's regular expressions know no classes of Unicode.
        schema = json.loads(text.replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d"))
        found = jsonschema.Draft7Validator(schema).iter_errors(give_out(tmp_path / "out.json"))
        assert [error.message for error in found] == []

    def test_a_collection_of_bsi_is_taken_in(self, settings: Any) -> None:
        path = DATA / "bsi/ISO27001-AnnexA-to-GSpp-mapping_collection.json"
        settings.DFS_PAGES_FRAMEWORKS = {
            "iso": conf.Framework("ISO/IEC 27001", "https://www.iso.org/standard/27001", 93),
            "gspp": conf.Framework("Grundschutz++", "https://www.bsi.bund.de/", 1000),
        }
        names = {
            "ISO27001-AnnexA-catalog.json": "iso",
            "BSI-Methodik-Grundschutz++-catalog.json": "gspp",
            "BSI-Stand-der-Technik-Kernel-catalog.json": "gspp",
        }
        said = take_in(path, framework=[f"{address}={name}" for address, name in names.items()])
        pairs = sum(
            len(entry["sources"]) * len(entry["targets"])
            for group in json.loads(path.read_text())["mapping-collection"]["mappings"]
            for entry in group["maps"]
        )
        assert said.startswith(f"{pairs} created") or "mapped twice" in said
        assert ControlMapping.objects.filter(source_framework="iso").count() > 150
