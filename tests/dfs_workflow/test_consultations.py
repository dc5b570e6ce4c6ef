"""Consultations from outside: opened, answered by form and file, decided line by line, closed and public."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from dfs_workflow import actions
from dfs_workflow.documents import comment_form, comment_table
from dfs_workflow.documents.comment_form import Line
from dfs_workflow.documents.file_gate import RefusedFile
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Consultation, ConsultationAnswer, Disposition
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import member, organisation, stewards

pytestmark = pytest.mark.django_db
KINDS = ("docx", "xlsx")


@pytest.fixture
def manager(roles: Any) -> Any:
    return stewards()[0]


@pytest.fixture
def consultation(chapter: Any, manager: Any) -> Consultation:
    return actions.open_consultation(by=manager, page=chapter, title="Second draft", at=timezone.now())


@pytest.fixture
def awa(roles: Any) -> Any:
    own = organisation("anrc", acronym="ANRC")
    own.countries.create(code="SN", name="Senegal")
    return member("awa", own)


def url(name: str, *args: Any) -> str:
    return reverse(f"dfs_workflow:{name}", args=args)


def page(who: Any, consultation: Consultation) -> str:
    client = as_user(who) if who else Client()
    return client.get(url("consultation", consultation.pk)).content.decode()


def bring(who: Any, consultation: Consultation, data: bytes, name: str = "form.docx") -> str:
    file = SimpleUploadedFile(name, data)
    answer = as_user(who).post(url("import_answers", consultation.pk), {"file": file}, follow=True)
    return answer.content.decode()  # type: ignore[no-any-return]


def form(who: Any, consultation: Consultation, kind: str) -> bytes:
    return as_user(who).get(url("consultation_form", consultation.pk, kind)).content  # type: ignore[no-any-return]


def lines(number: int) -> list[Line]:
    clauses = ("TST-1", "tst 2", "Clause TST–03", "TST-99")
    return [
        Line(str(n), "XX", clauses[n % 4], ("ge", "te", "Ed.")[n % 3], f"=Comment {n}\n\nسطر", f"<b>Change</b> {n}")
        for n in range(number)
    ]


def over(consultation: Consultation) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(closes_on=timezone.localdate() - timedelta(days=1))


def test_it_is_open_for_four_weeks_and_a_second_round_for_three(
    manager: Any, chapter: Any, consultation: Consultation
) -> None:
    today = timezone.localdate()
    assert consultation.closes_on == today + timedelta(weeks=4)
    assert list(consultation.clauses.values_list("reference", flat=True)) == ["TST-1", "TST-2", "TST-3"]
    over(consultation)
    as_user(manager).post(url("close_consultation", consultation.pk))
    opened = as_user(manager).post(
        f"{url('open_consultation')}?page=chapter", {"title": "Third draft", "previous": consultation.pk}
    )
    second = Consultation.objects.first()
    assert opened["Location"] == url("consultation", second.pk)
    assert second.closes_on == today + timedelta(weeks=3)


@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_lines_land_on_their_clause_or_in_the_list_of_the_unmatched(
    awa: Any, consultation: Consultation, kind: str, settings: Any
) -> None:
    data = comment_form.WRITERS[kind](lines(200), "Form", is_rtl=True)
    said = bring(awa, consultation, data, f"form.{kind}")
    assert "Added: 200." in said and "On no known clause: 50" in said
    rows = ConsultationAnswer.objects.select_related("clause")
    found = [(row.clause.reference if row.clause else row.clause_text) for row in rows]
    assert found == ["TST-1", "TST-2", "TST-3", "TST-99"] * 50
    assert {row.member for row in rows} == {"SN ANRC"}
    first = rows[0]
    assert (first.kind, first.comment, first.proposed_change) == ("ge", "=Comment 0\n\nسطر", "<b>Change</b> 0")
    assert "&lt;b&gt;Change" in page(awa, consultation)
    before = list(rows.values())
    for again in KINDS:
        assert "Already there: 200" in bring(awa, consultation, form(awa, consultation, again), f"form.{again}")
    assert list(rows.values()) == before


def test_who_manages_it_brings_the_lines_of_others_and_nothing_changes_on_the_way_back(
    manager: Any, consultation: Consultation
) -> None:
    data = comment_form.as_xlsx(lines(8), "Form", is_rtl=False)
    bring(manager, consultation, data)
    row = ConsultationAnswer.objects.first()
    actions.dispose(by=manager, answers=[row], outcome="rejected", reason="No.", at=timezone.now())
    before = list(ConsultationAnswer.objects.values())
    assert {row["member"] for row in before} == {"XX"}
    for kind in KINDS:
        assert "Already there: 8" in bring(manager, consultation, form(manager, consultation, kind))
    assert list(ConsultationAnswer.objects.values()) == before and Disposition.objects.count() == 1


def test_the_columns_of_other_committees_and_tracked_changes_are_understood() -> None:
    from docx import Document

    word = Document()
    names = ("MB/NC1", "Line number", "Clause/ Subclause", "Paragraph/ Figure", "Type of comment2", "Comments")
    table = word.add_table(rows=2, cols=8)
    for cell, text in zip(
        table.rows[0].cells, (*names, "Proposed change", "Observations of the secretariat"), strict=True
    ):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("SN", "", "TST-2", "", "te", "Say more.", "", ""), strict=True):
        cell.text = text
    out = io.BytesIO()
    word.save(out)
    assert comment_form.read(out.getvalue()) == [Line(member="SN", clause="TST-2", kind="te", comment="Say more.")]


def test_a_form_is_read_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comment_table, "load_workbook", None)
    assert comment_form.read(comment_form.as_xlsx(lines(1), "Form", is_rtl=False)) == lines(1)


def hostile() -> dict[str, bytes]:
    good = comment_form.as_xlsx(lines(1), "Form", is_rtl=False)

    def with_part(name: str, data: bytes) -> bytes:
        out = io.BytesIO(good)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(name, data)
        return out.getvalue()

    outside = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    outside += (
        b'Id="r" Type="http://x/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    return {
        "no package": b"MB,Clause,Comment",
        "macro": with_part("xl/vbaProject.bin", b"x"),
        "entity": with_part("xl/a.xml", b'<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'),
        "entity elsewhere": with_part("xl/a.dat", b'<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'),
        "outside": with_part("xl/_rels/a.rels", outside),
        "link": with_part("xl/externalLinks/externalLink1.xml", b"<x/>"),
        "bomb": with_part("xl/media/a.png", b"\0" * (41 * 1024**2)),
        "path": with_part("../../evil.xml", b"<x/>"),
        "no columns": _empty(),
    }


def _empty() -> bytes:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def test_hostile_files_are_refused_in_one_sentence(awa: Any, consultation: Consultation) -> None:
    for name, data in hostile().items():
        with pytest.raises(RefusedFile):
            comment_form.read(data)
        assert 'class="error"' in bring(awa, consultation, data, "form.xlsx"), name
    assert not ConsultationAnswer.objects.exists()


def test_each_organisation_sees_its_own_until_the_table_is_public(
    awa: Any, manager: Any, consultation: Consultation
) -> None:
    rival = member("rita", organisation("rival"))
    as_user(awa).post(
        url("consultation", consultation.pk),
        {"clause": consultation.clauses.first().pk, "kind": "te", "comment": "Say eSIM too.", "change": "SIM or eSIM"},
    )
    row = ConsultationAnswer.objects.get()
    assert "Say eSIM too." in page(awa, consultation) and "Say eSIM too." in page(manager, consultation)
    for who in (rival, None):
        assert "Say eSIM too." not in page(who, consultation)
        client = as_user(who) if who else Client()
        file = client.get(url("consultation_form", consultation.pk, "docx")).content
        assert all("eSIM" not in line.comment for line in comment_form.read(file))
    assert as_user(rival).get(url("answer", row.pk)).status_code == 404
    over(consultation)
    refused = as_user(manager).post(url("close_consultation", consultation.pk))
    assert refused.status_code == 409 and "Answers without a disposition: 1" in refused.content.decode()
    decide = url("answer", row.pk)
    for data, sentence in (
        ({"outcome": "rejected"}, "Give the reason"),
        ({"outcome": "accepted", "link": "javascript:alert(1)"}, "Write an address"),
        ({"outcome": "accepted", "link": "//evil.example"}, "Write an address"),
    ):
        assert sentence in as_user(manager).post(decide, data).content.decode()
    assert as_user(awa).post(decide, {"outcome": "accepted"}).status_code == 403
    as_user(manager).post(decide, {"outcome": "noted", "reason": "Later."})
    as_user(manager).post(decide, {"outcome": "partly", "reason": "In the glossary.", "link": "/en/r/TST-1/"})
    assert as_user(manager).post(url("close_consultation", consultation.pk)).status_code == 302
    html = page(None, consultation)
    assert "Say eSIM too." in html and "In the glossary." in html and 'href="/en/r/TST-1/"' in html
    assert "Awa" not in html
    assert [old.outcome for old in Disposition.history.order_by("history_date")] == ["noted", "partly"]
    late = as_user(awa).post(url("consultation", consultation.pk), {"kind": "te", "comment": "Late"})
    assert "is closed" in late.content.decode() and ConsultationAnswer.objects.count() == 1


def test_its_time_holds_for_members_and_for_closing(awa: Any, manager: Any, consultation: Consultation) -> None:
    early = as_user(manager).post(url("close_consultation", consultation.pk))
    assert early.status_code == 409 and "later day" in early.content.decode()
    over(consultation)
    late = as_user(awa).post(url("consultation", consultation.pk), {"kind": "te", "comment": "Late"})
    assert "time for answers is over" in late.content.decode() and not ConsultationAnswer.objects.exists()


def test_it_is_as_open_as_its_page(awa: Any, chapter: Any, consultation: Consultation) -> None:
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.GROUPS)
    assert as_user(awa).get(url("consultation", consultation.pk)).status_code == 404
    assert "Second draft" not in as_user(awa).get(url("consultations")).content.decode()
    assert as_user(awa).get(url("consultation_form", consultation.pk, "xlsx")).status_code == 404


def test_several_answers_get_the_same_disposition_at_once_or_none_of_them(
    manager: Any, awa: Any, consultation: Consultation
) -> None:
    bring(awa, consultation, comment_form.as_xlsx(lines(6), "Form", is_rtl=False))
    rows = list(ConsultationAnswer.objects.order_by("number"))
    where, client = url("dispose_chosen", consultation.pk), as_user(manager)
    assert page(manager, consultation).count('name="answers"') == 6 and 'name="answers"' not in page(awa, consultation)
    chosen = [row.pk for row in rows[:4]]
    refused = client.post(where, {"answers": chosen, "outcome": "rejected"}).content.decode()
    assert "Give the reason" in refused and refused.count(" checked") == 4 and not Disposition.objects.exists()
    assert "Choose the answers first" in client.post(where, {"outcome": "accepted"}).content.decode()
    assert client.post(where, {"answers": [*chosen, 99999], "outcome": "accepted"}).status_code == 404
    said = client.post(where, {"answers": chosen, "outcome": "rejected", "reason": "Out of scope."}, follow=True)
    assert "Dispositions saved: 4." in said.content.decode()
    assert {(row.outcome, row.reason) for row in Disposition.objects.all()} == {("rejected", "Out of scope.")}
    assert Disposition.objects.count() == 4 and Disposition.history.count() == 4
    over(consultation)
    client.post(where, {"answers": [row.pk for row in rows[4:]], "outcome": "accepted"})
    client.post(url("close_consultation", consultation.pk))
    assert "is closed" in client.post(where, {"answers": chosen, "outcome": "accepted"}).content.decode()
    assert Disposition.objects.filter(outcome="accepted").count() == 2


def many(manager: Any, consultation: Consultation, number: int) -> list[ConsultationAnswer]:
    """From several committees, on all clauses."""
    bring(manager, consultation, comment_form.as_xlsx(lines(number), "Form", is_rtl=False), "form.xlsx")
    return list(consultation.answers.order_by("number"))


def test_a_long_table_is_read_page_by_page_and_by_filters_that_stand_in_the_address(
    manager: Any, consultation: Consultation
) -> None:
    rows = many(manager, consultation, 120)
    client, where = as_user(manager), url("consultation", consultation.pk)

    def shown(query: str) -> list[str]:
        html = client.get(f"{where}?{query}").content.decode()
        return re.findall(r'name="answers" value="(\d+)"', html)

    assert len(shown("")) == 50 and len(shown("page=3")) == 20
    assert '?page=2#table" rel="next"' in client.get(where).content.decode()
    assert "On no known clause: 30" in client.get(where).content.decode()
    assert len(shown("clause=unmatched")) == 30 and shown("clause=whole") == []
    assert len(shown("kind=te&clause=TST-2")) == sum(n % 4 == 1 and n % 3 == 1 for n in range(120))
    assert shown("member=Nobody") == [] and len(shown("member=xx&page=2")) == 50
    wrong = client.get(f"{where}?kind=xx").content.decode()
    assert "is not one of the available choices" in wrong and 'name="answers"' not in wrong
    actions.dispose(by=manager, answers=rows[:100], outcome="noted", reason="Later.", at=timezone.now())
    assert shown("decided=undecided") == [str(row.pk) for row in rows[100:]]
    assert client.get(f"{where}?tick=page").content.decode().count(" checked") == 50


def test_all_that_a_filter_finds_gets_the_same_disposition_but_nothing_that_came_since(
    manager: Any, awa: Any, consultation: Consultation
) -> None:
    many(manager, consultation, 240)
    client = as_user(manager)
    table = f"{url('consultation', consultation.pk)}?clause=TST-1"
    newest = re.search(r'name="every" value="(\d+)"', client.get(table).content.decode())
    assert newest is not None
    bring(awa, consultation, comment_form.as_xlsx(lines(1), "Form", is_rtl=False), "form.xlsx")
    where = f"{url('dispose_chosen', consultation.pk)}?clause=TST-1&page=2"
    data = {"every": newest[1], "outcome": "rejected", "reason": "Out of scope."}
    for nonsense in ("9" * 30, "9" * 5000):
        assert "Choose the answers first" in client.post(where, {**data, "every": nonsense}).content.decode()
    said = client.post(where, data)
    assert said["Location"] == f"{url('consultation', consultation.pk)}?clause=TST-1&page=2"
    refused = client.post(where, {**data, "reason": ""}).content.decode()
    again = re.search(r'href="([^"]+)" rel="prev"', refused)
    assert "Give the reason" in refused and again is not None
    assert client.get(again[1].replace("&amp;", "&")).status_code == 200
    decided = Disposition.objects.filter(outcome="rejected")
    assert decided.count() == 60 == Disposition.history.count()
    assert set(decided.values_list("answer__clause__reference", flat=True)) == {"TST-1"}
    assert consultation.answers.get(number=241).clause.reference == "TST-1"
    client.post(where, {**data, "reason": "Wrong place."})
    assert decided.filter(reason="Wrong place.").count() == 60 and Disposition.history.count() == 120


@pytest.mark.parametrize("number", (1, 300))
def test_a_decision_about_many_asks_as_much_as_about_one(
    manager: Any, consultation: Consultation, number: int, django_assert_max_num_queries: Any
) -> None:
    rows = many(manager, consultation, number)
    for reason in ("Later.", "Never."):
        with django_assert_max_num_queries(20):
            actions.dispose(by=manager, answers=rows, outcome="noted", reason=reason, at=timezone.now())
    assert Disposition.objects.filter(reason="Never.").count() == number
