"""The directory: loaded whole or not at all, kept by stewards, read by other systems."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from ninja import NinjaAPI
from ninja.testing import TestClient

from dfs_workflow.api import add_problem_handlers, router
from dfs_workflow.importers.organisations import COLUMNS, SHIPPED, load_organisations
from dfs_workflow.models import ContentVersion, Organisation, OrganisationCountry
from tests.dfs_workflow.conftest import as_user, in_group, person


def shipped_rows():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def directory(db):
    return load_organisations()


@pytest.fixture
def steward(roles):
    return in_group(person("steward"), "Stewards")


@pytest.fixture(scope="module")
def api():
    api = NinjaAPI(urls_namespace="test-directory")
    api.add_router("", router)
    add_problem_handlers(api)
    return TestClient(api)


HEADER = ",".join(COLUMNS)


def written(tmp_path, *rows, header=HEADER):
    path = tmp_path / "directory.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_every_row_is_there_and_a_blank_stays_blank(directory):
    for row in shipped_rows():
        for kind, name in (("telecom-regulator", "telecom_regulator"), ("central-bank", "central_bank")):
            found = Organisation.objects.filter(kind=kind, countries__code=row["iso2"])
            expected = (row[name], row[f"{name}_acronym"], row[f"{name}_website"])
            if not any(expected[:2]):
                assert not found.exists()
                continue
            organisation = found.get()
            assert (organisation.name, organisation.acronym, organisation.website) == expected
            country = organisation.countries.get(code=row["iso2"])
            assert (country.source_note, country.needs_check) == (row["sources"], row["needs_check"] == "yes")


def test_a_regional_central_bank_is_one_organisation(directory):
    served = {
        acronym: sorted(Organisation.objects.get(acronym=acronym).countries.values_list("code", flat=True))
        for acronym in ("BCEAO", "BEAC", "ECCB")
    }
    assert served == {
        "BCEAO": ["BF", "BJ", "CI", "GW", "ML", "NE", "SN", "TG"],
        "BEAC": ["CF", "CG", "CM", "GA", "GQ", "TD"],
        "ECCB": ["AG", "DM", "GD", "KN", "LC", "VC"],
    }
    assert Organisation.objects.filter(name="National Telecommunications Regulatory Commission").count() > 1


def test_a_second_load_changes_nothing(directory):
    before, histories = ContentVersion.current(), Organisation.history.count()
    again = load_organisations()
    assert (again.created, again.updated, again.left_alone) == ([], [], [])
    assert (ContentVersion.current(), Organisation.history.count()) == (before, histories)


def test_what_a_steward_edited_is_left_alone(directory, steward, tmp_path):
    angola = Organisation.objects.get(key="telecom-regulator-ao")
    url = reverse("organisations:edit", args=[angola.pk])
    form = {"kind": angola.kind, "name": "Corrected", "key": angola.key, "country_codes": "AO, st", "source_note": "Us"}
    assert as_user(steward).post(url, form).status_code == 302
    report = load_organisations()
    assert report.left_alone == [angola.key]
    angola.refresh_from_db()
    assert (angola.name, angola.history.first().history_user) == ("Corrected", steward)
    assert sorted(angola.countries.values_list("code", flat=True)) == ["AO", "ST"]


def test_an_updated_file_updates_only_what_differs(db, tmp_path):
    row = "AO,AGO,Angola,Old name,OLD,,National Bank of Angola,,https://www.bna.ao,A+B,yes"
    load_organisations(written(tmp_path, row))
    report = load_organisations(written(tmp_path, row.replace("Old name", "New name")))
    assert (report.updated, len(report.unchanged)) == (["telecom-regulator-ao"], 1)
    assert Organisation.objects.get(acronym="OLD").name == "New name"


def test_a_dry_run_writes_nothing(db):
    out = StringIO()
    call_command("load_organisations", "--dry-run", stdout=out)
    assert "created" in out.getvalue()
    assert not Organisation.objects.exists()


GOOD = "AO,AGO,Angola,INACOM,,,,,,A,no"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("AO,AGO,Angola", "number of columns"),
        ("ao,AGO,Angola,X,,,,,,A,no", "country code"),
        (GOOD, "there twice"),
        ("BF,BFA,Burkina Faso,X,,javascript:alert(1),,,,A,no", "not a web address"),
        ("BF,BFA,Burkina Faso,X,,,,,,A,maybe", "yes or no"),
        ("BF,BFA,Burkina Faso," + "x" * 300 + ",,,,,,A,no", "255"),
        ("BF,BFA,Burkina Faso,X\x07Y,,,,,,A,no", "control characters"),
        ('BF,BFA,"Burkina', "CSV"),
    ],
)
def test_a_broken_row_ends_in_one_sentence_and_nothing_is_loaded(db, tmp_path, row, said):
    with pytest.raises(CommandError) as stopped:
        call_command("load_organisations", str(written(tmp_path, GOOD, row)))
    assert said in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert not Organisation.objects.exists()


def test_a_file_that_is_not_one_is_said(db, tmp_path):
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    for path, said in (
        (tmp_path / "gone.csv", "no such file"),
        (tmp_path / "binary.csv", "UTF-8"),
        (written(tmp_path, GOOD, header="a,b"), "first line"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("load_organisations", str(path))


def test_stewards_have_a_flat_listing_and_others_have_not(directory, steward, editor):
    html = as_user(steward).get(reverse("organisations:index"), {"kind": "central-bank", "q": "BCEAO"}).content.decode()
    assert "Central Bank of West African States" in html
    assert "Senegal" in html
    assert "INACOM" not in html
    assert as_user(editor).get(reverse("organisations:index")).status_code == 302


def test_a_steward_can_not_save_nonsense(directory, steward):
    url = reverse("organisations:add")
    response = as_user(steward).post(url, {"kind": "vendor", "key": "nobody", "country_codes": "ZZ"})
    assert response.status_code == 200
    assert "Write a name or an acronym" in response.content.decode()
    assert "Unknown country: ZZ" in response.content.decode()
    assert not OrganisationCountry.objects.filter(code="ZZ").exists()


def test_the_api_filters_and_pages(directory, api):
    found = api.get("/organisations?country=SN").json()
    assert (found["count"], found["limit"], found["offset"]) == (2, 20, 0)
    assert {item["acronym"] for item in found["items"]} == {"ARTP", "BCEAO"}
    bank = api.get("/organisations?country=sn&kind=central-bank").json()["items"][0]
    assert {"code": "SN", "name": "Senegal"} in bank["countries"]
    assert (bank["website"], bank["needs_check"]) == ("https://www.bceao.int", True)
    assert len(api.get("/organisations?limit=5&offset=5").json()["items"]) == 5


@pytest.mark.parametrize("query", ["colour=blue", "country=XYZ", "kind=bakery", "limit=0", "limit=101", "offset=-1"])
def test_the_api_refuses_what_it_does_not_know(db, api, query):
    response = api.get(f"/organisations?{query}")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 422
    assert query.split("=")[0] in response.json()["detail"]


@pytest.mark.parametrize("limit", [1, 20])
def test_the_api_asks_the_same_for_one_and_for_twenty(directory, api, django_assert_num_queries, limit):
    with django_assert_num_queries(3):
        assert len(api.get(f"/organisations?limit={limit}").json()["items"]) == limit
