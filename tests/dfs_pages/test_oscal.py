"""OSCAL catalogs come in and go out whole; what goes out is valid by the official schemas where those are at hand."""

import json
import os
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from dfs_pages.models import CataloguePage, ControlPage, ThreatPage
from tests.dfs_pages.test_load_content import state

DATA = Path(os.environ.get("DFS_TEST_DATA") or "/nowhere") / "oscal"
pytestmark = pytest.mark.usefixtures("content")
CATALOG = {
    "catalog": {
        "uuid": "11111111-1111-4111-8111-111111111111",
        "metadata": {
            "title": "Example controls",
            "last-modified": "2026-01-01T00:00:00Z",
            "version": "3",
            "oscal-version": "1.1.2",
            "roles": [{"id": "creator", "title": "Creator"}],
        },
        "groups": [
            {
                "id": "ac",
                "class": "family",
                "title": "Access",
                "controls": [
                    {
                        "id": "ac-1",
                        "class": "example",
                        "title": "Accounts",
                        "params": [{"id": "ac-1_prm_1", "label": "frequency"}],
                        "props": [{"name": "label", "value": "AC-01"}],
                        "links": [
                            {"href": "#ac-2", "rel": "related"},
                            {"href": "#22222222-2222-4222-8222-222222222222", "rel": "reference"},
                        ],
                        "parts": [
                            {
                                "id": "ac-1_smt",
                                "name": "statement",
                                "prose": "Review accounts {{ insert: param, ac-1_prm_1 }}:",
                                "parts": [{"id": "ac-1_smt.a", "name": "item", "prose": "with <care>"}],
                            },
                            {"id": "ac-1_gdn", "name": "guidance", "prose": "Ask why."},
                            {"id": "ac-1_obj", "name": "assessment-objective", "prose": "Is it so?"},
                        ],
                        "controls": [
                            {
                                "id": "ac-1.1",
                                "title": "By machine",
                                "parts": [{"id": "ac-1.1_smt", "name": "statement", "prose": "Automate."}],
                            }
                        ],
                    },
                    {"id": "ac-2", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]},
                ],
                "groups": [
                    {
                        "id": "ac-sub",
                        "title": "Below",
                        "controls": [
                            {
                                "id": "as-1",
                                "title": "Deep",
                                "parts": [{"id": "x", "name": "statement", "prose": "Deep."}],
                            }
                        ],
                    }
                ],
            }
        ],
        "controls": [
            {"id": "lone-1", "title": "Alone", "parts": [{"id": "y", "name": "statement", "prose": "Stand."}]}
        ],
        "back-matter": {
            "resources": [
                {
                    "uuid": "22222222-2222-4222-8222-222222222222",
                    "title": "A report",
                    "rlinks": [{"href": "https://www.itu.int/report"}],
                }
            ]
        },
    }
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "catalog.json"
    path.write_text(json.dumps(CATALOG))
    return path


def take_in(file, **options):
    out = StringIO()
    call_command("import_oscal", str(file), prefix="EX", stdout=out, **options)
    return out.getvalue()


def give_out(tmp_path, slug="ex-catalogue"):
    path = tmp_path / "out.json"
    call_command("export_oscal", slug, str(path), stdout=StringIO())
    return json.loads(path.read_text())


def compared(catalog):
    """Without what an export always says anew."""
    catalog = json.loads(json.dumps(catalog))["catalog"]
    for name in ("last-modified", "oscal-version"):
        catalog["metadata"].pop(name)
    return catalog


def test_controls_are_read_with_their_parameters_parts_and_links(file):
    assert take_in(file).startswith("9 created, 0 changed")
    control = ControlPage.objects.get(reference="EX-AC-1")
    assert control.statement == "Review accounts [Assignment: frequency]:\nwith <care>"
    assert (control.itu_number, control.related) == ("AC-01", ["EX-AC-2"])
    page = Client().get(f"/en/r/{control.reference}/").content.decode()
    assert "Number in its framework" in page and "ITU number" not in page
    assert [row.value["text"] for row in control.references] == ["A report"]
    assert ControlPage.objects.get(reference="EX-AC-1-1").get_parent() == control.get_parent()
    assert ControlPage.objects.get(reference="EX-AC-2").reserved
    assert ThreatPage.objects.get(reference="EX-AC-SUB").title == "Below"
    html = Client().get("/en/r/EX-AC-1/").content.decode()
    assert "with &lt;care&gt;" in html and "Ask why." in html
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_came_in_goes_out_and_comes_in_again(file, tmp_path):
    take_in(file)
    out = give_out(tmp_path)
    assert compared(out) == compared(CATALOG)
    again = tmp_path / "again.json"
    again.write_text(json.dumps(out))
    before = state()
    assert take_in(again).startswith("0 created, 1 changed, 8 unchanged") or state() == before
    assert give_out(tmp_path)["catalog"]["uuid"] == CATALOG["catalog"]["uuid"]


def test_a_second_run_changes_nothing_and_an_editors_words_stay(file, tmp_path, admin_user):
    assert "kept for the export, not shown: 1 parts “assessment-objective”" in take_in(file)
    before = state()
    assert take_in(file).startswith("0 created, 0 changed, 9 unchanged")
    assert state() == before
    page = ControlPage.objects.get(reference="EX-AC-1-1")
    page.statement = "Automate it all."
    page.save_revision(user=admin_user)
    changed = json.loads(file.read_text().replace("Automate.", "Automate much.").replace("Deep.", "Deeper."))
    file.write_text(json.dumps(changed))
    out = take_in(file)
    assert out.startswith("0 created, 1 changed, 7 unchanged, 1 left alone")
    assert ControlPage.objects.get(reference="EX-AS-1").statement == "Deeper."


BROKEN = [
    ("{", "not valid JSON"),
    ("[]", "no OSCAL catalog"),
    ('{"profile": {}}', "the file holds: profile"),
    ('{"catalog": {"metadata": {}}}', "the catalog has no title"),
    ('{"catalog": {"metadata": {"title": "x"}}}', "holds no control"),
    ('{"catalog": {"metadata": {"title": "x"}, "controls": {"a": 1}}}', "catalog, controls: a list was expected"),
    ('{"catalog": {"metadata": {"title": "x"}, "controls": [{"id": "a"}, {"id": "a"}]}}', "the id is there twice"),
    ("[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("text", "sentence"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_one_clear_sentence(tmp_path, text, sentence):
    path = tmp_path / "x.json"
    path.write_text(text)
    before = Page.objects.count()
    with pytest.raises(CommandError, match=sentence):
        take_in(path)
    assert Page.objects.count() == before


@pytest.fixture(scope="module")
def validator():
    text = (DATA / "schemas/oscal_catalog_schema.json").read_text()
    # Python's regular expressions know no classes of Unicode.
    schema = json.loads(text.replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d"))
    return jsonschema.Draft7Validator(schema)


def test_ids_that_the_schema_refuses_are_kept_and_named(tmp_path):
    catalog = {"metadata": {"title": "Annex"}, "controls": [{"id": "5.1", "title": "Policies"}]}
    path = tmp_path / "annex.json"
    path.write_text(json.dumps({"catalog": {"uuid": "00000000-0000-4000-8000-000000000001", **catalog}}))
    assert "1 ids such as “5.1”" in take_in(path)
    assert give_out(tmp_path)["catalog"]["controls"][0]["id"] == "5.1"


@pytest.mark.parametrize("slug", ["assurance-framework", "consumer-competence"])
@pytest.mark.realdata
@pytest.mark.skipif(not DATA.exists(), reason="DFS_TEST_DATA does not name the real data")
def test_our_own_catalogues_are_valid_oscal(slug, tmp_path, validator):
    first = give_out(tmp_path, slug)
    assert [error.message for error in validator.iter_errors(first)] == []
    assert first == give_out(tmp_path, slug)
    assert first["catalog"]["uuid"] == str(
        CataloguePage.objects.get(slug=slug, locale__language_code="en").translation_key
    )


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.exists(), reason="DFS_TEST_DATA does not name the real data")
def test_nist_800_53_comes_back_whole_and_valid(tmp_path, validator):
    path = next((DATA / "nist-800-53").glob("*FULL-1189*.json"))
    assert take_in(path).startswith("12")
    out = give_out(tmp_path)
    source = json.loads(path.read_text())
    assert compared(out) == compared(source)
    known = {error.message for error in validator.iter_errors(source)}
    assert {error.message for error in validator.iter_errors(out)} <= known
    assert ControlPage.objects.filter(reference__startswith="EX-").count() == 1189


@pytest.mark.parametrize(
    "name",
    [
        *("bsi/ISO27001-AnnexA-catalog.json", "bsi/Entwurf-Mindeststandard-TLS-catalog.json"),
        *("asd-ism/ISM_E8_ML3-baseline-resolved-profile_catalog.json", "nist-examples/basic-catalog.json"),
        "nist-800-53/NIST_SP-800-53_rev5_PRIVACY-baseline-resolved-profile_catalog.yaml",
    ],
)
@pytest.mark.realdata
@pytest.mark.skipif(not DATA.exists(), reason="DFS_TEST_DATA does not name the real data")
def test_any_real_catalog_comes_back_whole(name, tmp_path):
    take_in(DATA / name)
    out = give_out(tmp_path)
    if name.endswith(".json"):
        assert compared(out) == compared(json.loads((DATA / name).read_text("utf-8-sig")))
    else:
        assert len(json.dumps(out)) > 500_000
