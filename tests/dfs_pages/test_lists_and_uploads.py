"""Lists as spreadsheets, and a book uploaded in the admin."""

import csv
import re
import zipfile
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from dfs_pages.exporters.spreadsheets import as_csv, as_xlsx
from dfs_pages.models import BookImport, CataloguePage, ChapterPage, ControlPage, RecommendationPage, ThreatPage
from dfs_workflow.gate import system_publication
from tests.dfs_pages.gitbook import FILES, png

pytestmark = pytest.mark.usefixtures("content")
LIST = "/en/controls/assurance-framework"


def rows(path):
    response = Client().get(path)
    assert response.status_code == 200, path
    assert response["Content-Disposition"].startswith("attachment")
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_a_list_has_every_public_statement_in_order():
    found = rows(f"{LIST}.csv")
    controls = ControlPage.objects.filter(locale__language_code="en", reference__startswith="SAF-").order_by("path")
    assert [row[0] for row in found[1:]] == [control.reference for control in controls]
    assert found[0][0] == "Reference" and found[1][9].startswith("http://testserver/en/r/SAF-")
    assert {row[0] for row in rows("/en/recommendations/sim-swap.csv")[1:]} == set(
        RecommendationPage.objects.filter(locale__language_code="en", reference__startswith="SIM-").values_list(
            "reference", flat=True
        )
    )


def test_a_list_is_filtered_as_its_page_is():
    catalogue = CataloguePage.objects.get(slug="assurance-framework", locale__language_code="en")
    controls = list(ControlPage.objects.descendant_of(catalogue).order_by("path"))
    code = next(control.stakeholders[0] for control in controls if control.stakeholders and control.audit_question)
    wanted = [c.reference for c in controls if code in c.stakeholders and c.audit_question]
    assert 0 < len(wanted) < len(controls)
    assert [row[0] for row in rows(f"{LIST}.csv?stakeholder={code}&only=audited")[1:]] == wanted
    page = Client().get(f"{LIST}/?stakeholder={code}&only=audited").content.decode()
    assert f'href="{LIST}.xlsx?stakeholder={code}&amp;only=audited"' in page
    family = ThreatPage.objects.child_of(catalogue).first()
    assert len(rows(f"/en/r/{family.reference}.csv")) == 1 + family.get_children().count()


@pytest.mark.parametrize("query", ["threat=SAF-T99", "stakeholder=nobody", "dimension=nothing"])
def test_a_slip_in_a_filter_is_no_empty_list(query: str):
    assert Client().get(f"{LIST}.csv?{query}").status_code == 404
    assert Client().get(f"/en/recommendations/sim-swap.xlsx?{query}").status_code == 404


def test_a_spreadsheet_is_in_the_language_of_the_page():
    body = Client().get("/ar/controls/assurance-framework.xlsx").content
    sheet = load_workbook(BytesIO(body)).active
    assert sheet.sheet_view.rightToLeft and sheet.freeze_panes == "A2"
    assert sheet["D1"].value != "Stakeholders"
    assert sheet.max_row > 100


def test_the_library_and_the_mappings_are_lists_with_the_filters_of_their_pages():
    found = rows("/en/library.csv")
    tools = rows("/en/library.csv?kind=tool")
    assert 1 < len(tools) < len(found) and found[0][:2] == ["Title", "publisher"]
    assert 'href="/en/library.xlsx?kind=tool"' in Client().get("/en/library/?kind=tool").content.decode()
    address = "/en/mappings/nist-sp-800-53-r5"
    found, subsets = rows(f"{address}.csv"), rows(f"{address}.csv?relation=subset-of")
    assert 1 < len(subsets) < len(found)
    assert {row[2] for row in subsets[1:]} == {"subset of"} and subsets[1][0].startswith("SAF-")
    page = Client().get(f"{address}/?relation=subset-of").content.decode()
    assert f'href="{address}.xlsx?relation=subset-of"' in page
    sheet = load_workbook(BytesIO(Client().get("/ar/mappings/nist-sp-800-53-r5.xlsx").content)).active
    assert sheet.sheet_view.rightToLeft and sheet["A1"].value != "Control"
    for slip in ("mappings/unknown.csv", "mappings/nist-sp-800-53-r5.csv?relation=x", "library.csv?kind=x"):
        assert Client().get(f"/en/{slip}").status_code == 404


@pytest.mark.parametrize("address", ["/en/library.csv", "/en/mappings/nist-sp-800-53-r5.csv"])
def test_a_longer_list_costs_no_more_queries(address, client):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert len(rows(address)) > 20
    assert len(queries) < 20


def test_the_results_of_a_search_are_a_list_in_the_order_of_its_pages():
    found = rows("/en/search.csv?q=SIM+swap&kind=recommendationpage")
    assert found[0] == ["Reference", "Title", "Text", "Kind", "Language", "Address"]
    assert len({row[3] for row in found[1:]}) == 1
    page = Client().get("/en/search/?q=SIM+swap&kind=recommendationpage").content.decode()
    assert (
        'href="/en/search.csv?q=SIM+swap&amp;kind=recommendationpage"' in page and f"{len(found) - 1} results" in page
    )
    shown = re.findall(r'<p><a class="ref" href="[^"]+">([^<]+)</a></p>', page)
    assert [row[0] for row in found[1 : len(shown) + 1]] == shown
    assert not any("<" in cell or "&#x" in cell for row in found for cell in row)
    sheet = load_workbook(BytesIO(Client().get("/ar/search.xlsx?q=SIM").content)).active
    assert sheet.sheet_view.rightToLeft and sheet["A1"].value != "Reference" and sheet.max_row > 5
    for slip in ("search.csv", "search.csv?q=", "search.csv?q=SIM&kind=%00", "search.xlsx?q=SIM&language=xx"):
        assert Client().get(f"/en/{slip}").status_code == 404, slip
    assert len(rows("/en/search.csv?q=xyzzyplugh")) == 1


def test_a_cut_list_of_results_says_so(monkeypatch):
    for module in ("dfs_pages.query.spreadsheets", "dfs_pages.views.reading"):
        monkeypatch.setattr(f"{module}.MOST_RESULTS", 12)
    found = rows("/en/search.csv?q=operator")
    assert len(found) == 14 and found[-1][0].startswith("Only the first 12 of ")
    page = Client().get("/en/search/?q=operator").content.decode()
    assert "A file holds the first 12 results." in page


def test_many_results_cost_no_more_queries_than_few():
    counts = []
    for query in ("SIM-MNO-03", "operator"):
        rows(f"/en/search.csv?q={query}")
        with CaptureQueriesContext(connection) as queries:
            rows(f"/en/search.csv?q={query}&again=1")
        counts.append(len(queries))
    assert max(counts) <= 12, counts


def test_the_glossary_is_a_list():
    found = rows("/fr/glossary.csv")
    assert found[0][0] == "Terme" and len(found) > 20 and {row[3] for row in found[1:]} <= {"fr", "en"}
    assert found[1][4].startswith("http://testserver/fr/glossary/#")
    assert 'href="/fr/glossary.xlsx"' in Client().get("/fr/glossary/").content.decode()


def test_no_cell_is_a_formula():
    evil = [["=1+1", "+1", "-1", "@x", "\t=1", "fine", "a\x0bb"]]
    assert next(csv.reader(StringIO(as_csv(evil).decode("utf-8-sig")))) == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\t=1",
        "fine",
        "ab",
    ]
    sheet = load_workbook(BytesIO(as_xlsx(evil, "=[x]", is_rtl=False))).active
    assert all(cell.data_type == "s" for cell in sheet[1])


def test_what_is_not_public_is_in_no_list():
    chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
    with system_publication(reason="Test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
    assert not any(row[0].startswith("SS7-") for row in rows("/en/recommendations.csv"))
    assert Client().get("/en/recommendations/ss7.csv").status_code == 404
    assert Client().get("/en/about.csv").status_code == 404


def zipped(files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return SimpleUploadedFile("The book.zip", out.getvalue(), "application/zip")


def upload(client, files, capture, **values):
    parent = ChapterPage.objects.get(slug="sim-swap", locale__language_code="en").get_parent()
    with capture(execute=True):
        response = client.post("/admin/dfs-pages/books/", {"file": zipped(files), "parent": parent.pk, **values})
    assert response.status_code == 302, response.content.decode()[:2000]
    return client.get(response["Location"]).content.decode()


def test_an_uploaded_book_becomes_drafts_with_a_report(admin_client, admin_user, django_capture_on_commit_callbacks):
    page = upload(admin_client, {**FILES, ".gitbook/assets/red.png": png()}, django_capture_on_commit_callbacks)
    assert "8 created" in page and "the file is not in the book" in page and "Look again" not in page
    top = ChapterPage.objects.get(slug="the-book")
    assert not any(row.live for row in ChapterPage.objects.descendant_of(top, inclusive=True))
    assert top.latest_revision.user == admin_user
    assert bytes(BookImport.objects.get().file) == b""
    again = upload(admin_client, {**FILES, ".gitbook/assets/red.png": png()}, django_capture_on_commit_callbacks)
    assert "0 created, 0 changed, 8 unchanged" in again


def test_a_hostile_upload_is_one_sentence(admin_client, django_capture_on_commit_callbacks):
    page = upload(admin_client, {"README.md": "# A\n\n<script>x</script>\n"}, django_capture_on_commit_callbacks)
    assert "Nothing was imported." in page and "the page holds a script" in page
    assert not ChapterPage.objects.filter(slug="the-book").exists()
    form = admin_client.post("/admin/dfs-pages/books/", {"file": SimpleUploadedFile("x.zip", b"no zip")})
    assert "This is not a ZIP file." in form.content.decode()


def test_the_page_shows_how_far_the_import_has_come(admin_client, admin_user):
    parent = ChapterPage.objects.get(slug="sim-swap", locale__language_code="en").get_parent()
    row = BookImport.objects.create(name="x", file=b"", parent=parent, by=admin_user, state="reading", done=3, total=9)
    page = admin_client.get(f"/admin/dfs-pages/books/{row.pk}/").content.decode()
    assert 'max="9" value="3"' in page and "3 of 9" in page and "Look again" in page


def test_only_who_may_add_pages_can_upload(django_user_model):
    user = django_user_model.objects.create_user("reader", "r@example.org", "x")
    user.groups.add(Group.objects.create(name="Only the admin"))
    client = Client()
    client.force_login(user)
    assert client.get("/admin/dfs-pages/books/").status_code in (302, 403)


def test_an_upload_is_read_once_and_its_file_goes(admin_user):
    parent = ChapterPage.objects.get(slug="sim-swap", locale__language_code="en").get_parent()
    row = BookImport.objects.create(name="x", file=b"zip", parent=parent, by=admin_user)
    begun = BookImport.begin(row.pk)
    assert begun is not None and BookImport.begin(row.pk) is None
    begun.refuse("100% of it")
    row.refresh_from_db()
    assert (row.state, bytes(row.file), row.refusal) == ("failed", b"", "100% of it")
