"""An edition is made by two people and never changes, whatever happens to what is live."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from dfs_pages.models import CatalogueTerm, ChapterPage, ControlPage, GlossaryTerm, RecommendationPage, ThreatPage
from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import (
    Decision,
    Edition,
    EditionFile,
    EditionItem,
    PermanentReference,
    PublicationRefused,
    Snapshot,
)
from tests.dfs_workflow.conftest import as_user, in_group, person

AT = datetime(2026, 11, 20, tzinfo=UTC)
LATER = datetime(2027, 2, 1, tzinfo=UTC)
PARTS = ["recommendations/sim-swap/", "recommendations/mobile-app/", "glossaryterm/m"]
pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def people(content: object) -> tuple[User, User]:
    call_command("set_up_platform", verbosity=0)
    return in_group(person("mina"), "Moderators"), in_group(person("rui"), "Reviewers")


def make(people: tuple[User, User], number: str = "2026-1", at: datetime = AT) -> Edition:
    """Of two chapters and a few terms only, to be quick."""
    edition = actions.propose_edition(number=number, reason="Adopted by all.", parts=PARTS, by=people[0], at=at)
    return actions.freeze_edition(edition=edition, by=people[1], at=at)


def page_of(reference: str, language: str = "en") -> RecommendationPage:
    return RecommendationPage.objects.get(reference=reference, locale__language_code=language)


def publish(page: object, **changed: object) -> None:
    for name, value in changed.items():
        setattr(page, name, value)
    with system_publication(reason="test"):
        page.save_revision().publish()  # type: ignore[attr-defined]


def frozen_bytes() -> tuple[object, ...]:
    return (
        sorted(Snapshot.objects.values_list("pk", "content")),
        sorted((file.pk, bytes(file.content)) for file in EditionFile.objects.all()),
        list(EditionItem.objects.order_by("pk").values_list("snapshot", "language", "path", "title", "lead")),
        list(Edition.objects.values_list("number", "sha256")),
    )


class TestTwoPeopleMakeIt:
    def test_nobody_freezes_what_they_proposed(self, people: tuple[User, User], root_user: User) -> None:
        edition = actions.propose_edition(number="2026-1", reason="Because.", by=root_user, at=AT)
        with pytest.raises(PublicationRefused, match="somebody else"):
            actions.freeze_edition(edition=edition, by=root_user, at=AT)
        assert not EditionItem.objects.exists()

    def test_only_moderators_propose_and_only_with_a_reason(self, people: tuple[User, User]) -> None:
        with pytest.raises(PermissionDenied):
            actions.propose_edition(number="2026-1", reason="Because.", by=people[1], at=AT)
        with pytest.raises(ValidationError):
            actions.propose_edition(number="2026-1", reason=" ", by=people[0], at=AT)
        with pytest.raises(ValidationError):
            actions.propose_edition(number="first", reason="Because.", by=people[0], at=AT)

    def test_it_is_made_on_one_screen_of_the_admin(self, people: tuple[User, User], client: Client) -> None:
        data = {"number": "2026-1", "title": "", "reason": "Adopted."}
        as_user(people[0]).post("/admin/dfs-workflow/editions/", data)
        edition = Edition.objects.get()
        assert client.get("/en/e/2026-1/").status_code == 404
        assert "Freeze it now" not in as_user(people[0]).get("/admin/dfs-workflow/editions/").content.decode()
        as_user(people[0]).post(f"/admin/dfs-workflow/editions/{edition.pk}/", {"freeze": ""})
        assert not EditionItem.objects.exists()
        as_user(people[1]).post(f"/admin/dfs-workflow/editions/{edition.pk}/", {"freeze": ""})
        assert client.get("/en/e/2026-1/").status_code == 200
        assert as_user(person("reader")).get("/admin/dfs-workflow/editions/").status_code == 403

    def test_what_is_not_public_is_not_in_it(self, people: tuple[User, User]) -> None:
        chapter = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
        with system_publication(reason="test"):
            PageViewRestriction.objects.create(page=chapter, restriction_type=PageViewRestriction.LOGIN)
        draft = page_of("SIM-MNO-09")
        draft.statement = "A draft."
        draft.save_revision()
        make(people)
        assert not EditionItem.objects.filter(reference__startswith="SS7-").exists()
        assert not Snapshot.objects.filter(content__contains="A draft.").exists()


class TestNothingAltersIt:
    def test_edits_moves_withdrawals_and_deletions(self, people: tuple[User, User], client: Client) -> None:
        make(people)
        before = frozen_bytes()
        page = client.get("/en/e/2026-1/r/SIM-MNO-09/").content
        publish(page_of("SIM-MNO-09"), statement="Something else.", title="Another title")
        publish(GlossaryTerm.objects.get(key="mfa", locale__language_code="en"), definition="Another one.")
        ss7 = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
        with system_publication(reason="test"):
            page_of("SIM-MNO-09").move(ss7, pos="last-child")
            page_of("SIM-MNO-08").unpublish()
            page_of("SIM-MNO-07").delete()
            ChapterPage.objects.get(slug="mobile-app", locale__language_code="en").delete()
        assert frozen_bytes() == before
        assert client.get("/en/e/2026-1/r/SIM-MNO-09/").content == page
        for reference in ("SIM-MNO-07", "SIM-MNO-08", "APP-AUT-01"):
            assert client.get(f"/en/e/2026-1/r/{reference}/").status_code == 200
        assert client.get("/en/e/2026-1/recommendations/mobile-app/").status_code == 200
        call_command("check_editions", verbosity=0)

    def test_pictures_templates_and_the_interface(
        self, people: tuple[User, User], client: Client, settings, tmp_path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        image = get_image_model().objects.create(title="Flow", file=get_test_image_file())
        page = page_of("SIM-MNO-09")
        figure = {"image": image.pk, "alt_text": "A flow chart", "caption": "How it flows"}
        page.detail = json.dumps([{"type": "figure", "value": figure, "id": "0f8fad5b-d9cb-469f-a165-70867728950e"}])
        publish(page)
        make(people)
        before = frozen_bytes()
        (file,) = EditionFile.objects.all()
        html = client.get("/en/e/2026-1/r/SIM-MNO-09/").content.decode()
        assert f'src="/e/files/{file.pk}"' in html and 'alt="A flow chart"' in html
        shown = client.get(f"/e/files/{file.pk}")
        assert sha256(shown.content).hexdigest() == file.pk and "immutable" in shown["Cache-Control"]
        Path(image.file.path).write_bytes(b"other bytes")
        with system_publication(reason="test"):
            publish(page, detail=[])
        image.delete()
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
        (tmp_path / "dfs_pages/blocks").mkdir(parents=True)
        (tmp_path / "dfs_pages/blocks/figure.html").write_text("<p>Another template</p>")
        assert frozen_bytes() == before
        again = client.get("/en/e/2026-1/r/SIM-MNO-09/").content.decode()
        assert f'src="/e/files/{file.pk}"' in again and "Another template" not in again
        assert client.get(f"/e/files/{file.pk}").content == shown.content

    def test_words_that_other_texts_have_for_its_codes(self, people: tuple[User, User], client: Client) -> None:
        """The names of stakeholders and dimensions are a catalogue's, that of a risk is its threat's."""
        control = ControlPage.objects.filter(locale__language_code="en").exclude(risk="").exclude(dimensions=[]).first()
        assert control
        part = "/".join(control.url_path.split("/")[2:4]) + "/"
        edition = actions.propose_edition(number="2026-1", reason="Adopted.", parts=[part], by=people[0], at=AT)
        actions.freeze_edition(edition=edition, by=people[1], at=AT)
        before, address = frozen_bytes(), f"/en/e/2026-1/r/{control.reference}/"
        page = client.get(address).content
        risks = {block.id: block.value["title"] for block in ThreatPage.objects.get(pk=control.get_parent().pk).risks}
        assert escape(risks[control.risk]).encode() in page
        with system_publication(reason="test"):
            ThreatPage.objects.get(pk=control.get_parent().pk).unpublish()
        CatalogueTerm.objects.update(title="Called otherwise")
        assert frozen_bytes() == before
        assert client.get(address).content == page
        changes = client.get("/en/e/changes/?from=2026-1").content.decode()
        assert "Called otherwise" not in changes

    def test_nobody_changes_or_deletes_what_is_frozen(self, people: tuple[User, User], root_user: User) -> None:
        edition = make(people)
        item, snapshot = edition.items.first(), Snapshot.objects.first()
        for row, name in ((edition, "reason"), (item, "title"), (snapshot, "content")):
            setattr(row, name, "Forged")
            with pytest.raises(PublicationRefused), transaction.atomic():
                row.save()
            with pytest.raises((PublicationRefused, ProtectedError)), transaction.atomic():
                row.delete()
        with pytest.raises(PublicationRefused), transaction.atomic():
            actions.discard_edition(edition=edition, by=root_user)

    def test_the_check_finds_what_was_written_behind_its_back(self, people: tuple[User, User]) -> None:
        edition = make(people)
        call_command("check_editions", verbosity=0)
        row = EditionItem.objects.filter(reference="SIM-MNO-03").first()
        with pytest.raises(CommandError), transaction.atomic():
            Snapshot.objects.filter(pk=row.snapshot_id).update(content="{}")
            call_command("check_editions", stderr=io.StringIO())
        Snapshot.objects.filter(pk=row.snapshot_id).update(content=row.snapshot.content)
        EditionItem.objects.filter(edition=edition, reference="SIM-MNO-03").update(reference="SIM-MNO-99")
        with pytest.raises(CommandError):
            call_command("check_editions", stderr=io.StringIO())


def test_the_same_content_has_the_same_bytes(people: tuple[User, User]) -> None:
    first, texts = make(people), Snapshot.objects.count()
    second = make(people, "2026-2", LATER)
    assert (second.sha256, Snapshot.objects.count()) == (first.sha256, texts)
    for snapshot in Snapshot.objects.all()[::20]:
        assert sha256(snapshot.content.encode()).hexdigest() == snapshot.pk
        assert " object at 0x" not in snapshot.content and "/media/" not in snapshot.content


class TestReading:
    def test_addresses_in_each_language(self, people: tuple[User, User], client: Client) -> None:
        make(people)
        english, french = (client.get(f"/{code}/e/2026-1/r/SIM-MNO-03/").content.decode() for code in ("en", "fr"))
        assert "Carry out biometric verification" in english and "vérification biométrique" in french
        fallback = client.get("/es/e/2026-1/r/APP-AUT-01/").content.decode()
        assert '<h1 class="mt" lang="en" dir="ltr">' in fallback
        assert client.get("/en/e/2026-1/r/sim-mno-03/")["Location"].endswith("/en/e/2026-1/r/SIM-MNO-03/")
        path = "/en/e/2026-1/recommendations/sim-swap/sim-mno/"
        assert "SIM-MNO-03" in client.get(path).content.decode()
        for wrong in ("/en/e/2025-1/", "/en/e/2026-1/r/SIM-MNO-98/", "/en/e/2026-1/nothing/", "/e/files/abc"):
            assert client.get(wrong).status_code == 404, wrong

    def test_each_text_and_the_edition_have_a_markdown_twin(self, people: tuple[User, User], client: Client) -> None:
        make(people)
        statement = page_of("SIM-MNO-03").statement
        twin = client.get("/en/e/2026-1/r/SIM-MNO-03.md")
        assert twin["Content-Type"].startswith("text/markdown") and statement in twin.content.decode()
        assert re.search(r"Edition 2026-1, frozen on [^.]*2026\. This text never changes\.", twin.content.decode())
        asked = client.get("/en/e/2026-1/r/SIM-MNO-03/", headers={"Accept": "text/markdown"})
        assert asked.content == twin.content and "Accept" in asked["Vary"]
        assert "/en/e/2026-1/recommendations/sim-swap/)" in client.get("/en/e/2026-1.md").content.decode()
        assert client.get("/en/e/2026-1/r/NONE-01.md").status_code == 404

    def test_links_stay_inside_the_edition(self, people: tuple[User, User], client: Client) -> None:
        other = ChapterPage.objects.get(slug="mobile-app", locale__language_code="en")
        linked = ((page_of("SIM-MNO-03"), "this"), (other, "that"))
        links = [f'<a linktype="page" id="{page.pk}">{name}</a>' for page, name in linked]
        link = f"<p>See {' and '.join(links)}.</p>"
        publish(page_of("SIM-MNO-09"), detail=json.dumps([{"type": "paragraph", "value": link}]))
        make(people)
        html = client.get("/fr/e/2026-1/r/SIM-MNO-09/").content.decode()
        english = client.get("/en/e/2026-1/r/SIM-MNO-09/").content.decode()
        assert '<a href="/en/e/2026-1/r/SIM-MNO-03/">this</a>' in english
        assert '<a href="/en/e/2026-1/recommendations/mobile-app/">that</a>' in english
        assert "/en/e/2026-1/r/SIM-MNO-03/" not in html.split("</header>")[1]

    def test_codes_have_the_names_of_the_reader_s_language(self, people: tuple[User, User], client: Client) -> None:
        threat = ThreatPage.objects.get(reference="SAF-T10", locale__language_code="en")
        parts = [threat.url_path.split("/", 2)[2]]
        made = actions.propose_edition(number="2026-1", reason="Adopted.", parts=parts, by=people[0], at=AT)
        actions.freeze_edition(edition=made, by=people[1], at=AT)
        page = ControlPage.objects.get(reference="SAF-053", locale__language_code="en")
        for other in ControlPage.objects.filter(reference="SAF-053"):
            publish(other, stakeholders=["mno", "dfs_provider"])
        for language in ("en", "fr"):
            names = dict(CatalogueTerm.objects.filter(locale__language_code=language).values_list("code", "title"))
            with CaptureQueriesContext(connection) as captured:
                html = client.get(f"/{language}/e/2026-1/r/SAF-053/").content.decode()
            assert len(captured) <= 15
            assert names["mno"] in html and names[page.dimensions[0]] in html
            assert f"<p>{page.dimensions[0]}</p>" not in html and page.risk not in html
            changes = client.get(f"/{language}/e/changes/?from=2026-1").content.decode()
            assert names["dfs_provider"] in changes and "dfs_provider" not in changes

    @pytest.mark.parametrize(
        "path", ["/fr/e/", "/fr/e/2026-1/", "/fr/e/2026-1/r/SIM-MNO-03/", "/fr/e/2026-1/recommendations/sim-swap/"]
    )
    def test_a_page_of_an_edition_is_cheap(self, people: tuple[User, User], client: Client, path: str) -> None:
        make(people)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{path}?again").status_code == 200
        assert len(captured) <= 12


class TestWhatChanged:
    def change(self, people: tuple[User, User]) -> None:
        make(people)
        page = page_of("SIM-MNO-03")
        page.statement = page.statement.replace("Carry out", "Operators must carry out") + " Within 24 hours."
        revision = page.save_revision()
        with system_publication(reason="test"):
            revision.publish()
        inside = "Said among reviewers."
        Decision.about(page, kind=Decision.Kind.REVIEW, by=people[1], reason=inside, revision=revision).save()
        PermanentReference.objects.filter(pk="SIM-MNO-08").update(withdrawal_reason="Merged into another one.")
        with system_publication(reason="test"):
            page_of("SIM-MNO-08").unpublish()
            chapter = ChapterPage.objects.get(slug="sim-mno", locale__language_code="en")
            extra = RecommendationPage(
                title="=New", slug="new", reference="SIM-MNO-77", statement="Say it.", locale=chapter.locale, live=False
            )
            chapter.add_child(instance=extra)
            extra.save_revision().publish()

    def test_since_an_edition_until_today(self, people: tuple[User, User], client: Client) -> None:
        self.change(people)
        html = client.get("/en/e/changes/?from=2026-1").content.decode()
        assert "1 added, 1 changed, 1 withdrawn" in html
        assert '<ins class="said"><span class="vh">[added: </span>Operators must carry' in html
        assert "Normative words changed." in html and '<q lang="en">must</q>' in html
        assert "Numbers changed." in html and "Said among reviewers." not in html
        assert "Merged into another one." in html
        assert "SIM-MNO-77" in html and "SIM-MNO-08" in html and "SIM-MNO-04" not in html

    def test_readers_of_a_translation_learn_that_its_source_changed(
        self, people: tuple[User, User], client: Client
    ) -> None:
        self.change(people)
        html = client.get("/ar/e/changes/?from=2026-1").content.decode()
        part = html[html.index('id="SIM-MNO-03"') :].partition("</article>")[0]
        assert "تغيّر النص المصدر" in part and "Operators must carry" in part
        assert "\u20662026-1\u2069" in html  # or it would be shown as 1-2026
        api = client.get("/api/v1/editions/2026-1/changes?language=ar").json()
        assert ("SIM-MNO-03", "en") in {(row["reference"], row["language"]) for row in api["changes"]}

    def test_between_two_editions_it_says_the_same(self, people: tuple[User, User], client: Client) -> None:
        self.change(people)
        today = client.get("/en/e/changes/?from=2026-1").content.decode()
        make(people, "2027-1", LATER)
        between = client.get("/en/e/changes/?from=2026-1&to=2027-1").content.decode()
        for html in (today, between):
            assert html.count('<article class="rec"') == 3
        assert "Nothing changed." in client.get("/en/e/changes/?from=2027-1").content.decode()
        assert client.get("/en/e/changes/?from=2026-1&to=2025-9").status_code == 404
        assert client.get("/ar/e/changes/").status_code == 200

    def test_as_a_table_and_as_text(self, people: tuple[User, User], client: Client) -> None:
        self.change(people)
        answer = client.get("/en/e/changes/?from=2026-1&format=csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        (changed,) = [row for row in rows if row["change"] == "changed"]
        assert (changed["reference"], changed["field"], changed["numbers_added"]) == ("SIM-MNO-03", "statement", "24")
        assert changed["normative_words_added"] == "must" and changed["reason"] == ""
        assert {row["reason"] for row in rows if row["reference"] == "SIM-MNO-08"} == {"Merged into another one."}
        assert {row["title"] for row in rows if row["reference"] == "SIM-MNO-77"} == {"'=New"}
        text = client.get("/en/e/changes/?from=2026-1&format=md").content.decode()
        assert "## SIM-MNO-03" in text and "<ins>Operators must carry</ins>" in text

    def test_the_api_tells_other_systems(self, people: tuple[User, User], client: Client) -> None:
        self.change(people)
        (edition,) = client.get("/api/v1/editions").json()["items"]
        items = client.get("/api/v1/editions/2026-1/items?language=fr&limit=100").json()
        assert edition["sha256"] and items["count"] > 40
        item = client.get("/api/v1/editions/2026-1/items/SIM-MNO-03").json()
        canonical = json.dumps(item["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert sha256(canonical.encode()).hexdigest() == item["sha256"]
        found = client.get("/api/v1/editions/2026-1/changes").json()
        assert sorted(row["kind"] for row in found["changes"]) == ["added", "changed", "removed"]
        assert client.get("/api/v1/editions/2026-9/changes").status_code == 404
        assert PermanentReference.objects.filter(pk="SIM-MNO-77").exists()
