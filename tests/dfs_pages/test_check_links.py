"""Links that lead nowhere refuse a publication, and are found at night; other sites are asked only where that is on."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from dfs_pages.models import BookletFile, BrokenLink, ControlPage, LibraryEntryPage, PlainPage, RecommendationPage
from dfs_pages.query.other_sites import ask
from dfs_pages.query.own_addresses import at
from dfs_workflow import actions
from dfs_workflow.gate import system_publication
from dfs_workflow.models import OutgoingMail, PublicationRefused
from tests.dfs_workflow.conftest import person

pytestmark = pytest.mark.usefixtures("content")


def check(*arguments: str) -> str:
    out = StringIO()
    try:
        call_command("check_links", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


def report_for(page: Page) -> str:
    """What somebody is shown who may change one page."""
    group = Group.objects.create(name=f"Writers of {page.slug}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    right = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=page, permission=right)
    writer = person(f"writer-of-{page.slug}")
    writer.groups.add(group)
    client = Client()
    client.force_login(writer)
    return client.get("/admin/dfs-pages/links/").content.decode()


def test_the_shipped_content_has_no_dead_link() -> None:
    assert check() == "Every link between pages leads somewhere.\n"
    assert not BrokenLink.objects.exists()


def test_what_leads_nowhere_is_named_reported_and_forgotten_when_it_is_mended(admin_client: Client) -> None:
    editor = person("editor")
    editor.groups.add(Group.objects.get_or_create(name="Editors")[0])
    with system_publication(reason="test"):
        page = PlainPage.objects.get(slug="contribute", locale__language_code="en")
        page.unpublish()
        for translation in ControlPage.objects.filter(reference="SAF-052", live=True):
            translation.unpublish()
    found = check()
    assert f"“how to contribute” leads to the page “{page.title}”, which isn't public" in found
    assert "“SAF-052” is named, but no public statement has this reference" in found
    assert found.endswith("links lead nowhere.")
    mail = OutgoingMail.objects.get()
    assert mail.address == "editor@example.org" and "links lead nowhere" in mail.subject and "SAF-052" in mail.body
    assert "“how to contribute” leads" in admin_client.get("/admin/dfs-pages/links/").content.decode()
    broken = BrokenLink.objects.get(words="how to contribute")
    assert "“how to contribute” leads" in report_for(broken.page)
    assert "“how to contribute” leads" not in report_for(page)
    check()
    assert OutgoingMail.objects.count() == 1  # nothing new
    with system_publication(reason="test"):
        page.get_latest_revision().publish()
    assert "how to contribute" not in check()
    assert not BrokenLink.objects.filter(words="how to contribute").exists()


@pytest.fixture
def review(content: object) -> None:
    call_command("set_up_platform", verbosity=0)


def draft(html: str, *, of: str = "about") -> Any:
    """A new version of a public page, not submitted yet."""
    page = PlainPage.objects.get(slug=of, locale__language_code="en")
    page.body = [*page.body.raw_data, {"type": "paragraph", "value": html}]
    page.save_revision(user=person(f"writer of {of}"))
    return page


def submit(*pages: Any) -> Any:
    root = User.objects.filter(username="root").first() or person("root", is_superuser=True)
    return actions.submit_bundle(title="Links", objects=[type(p).objects.get(pk=p.pk) for p in pages], by=root)


def unpublished(slug: str) -> Page:
    page = PlainPage.objects.get(slug=slug, locale__language_code="en")
    with system_publication(reason="test"):
        page.unpublish()
    return page


BROKEN = {
    '<a linktype="page" id="999999">a page</a>': "“a page” leads to a page that was deleted",
    '<a linktype="document" id="999999">a file</a>': "“a file” leads to a file that was deleted",
    '<a href="/en/no/such/page/">here</a>': "“here” leads to /en/no/such/page/, where this site has nothing",
    '<a href="http://testserver/en/r/NO-99/">there</a>': "“there” leads to /en/r/NO-99/, where this site has nothing",
    **{
        f'<a href="{path}">here</a>': f"“here” leads to {path}, where this site has nothing"
        for path in (
            "/documents/999/x.pdf",
            "/media/images/none.png",
            "/en/e/1999-1/",
            "/en/mappings/nope/",
            "/en/recommendations/nope.pdf",
            "/en/consultations/9999/",
            "/api/v1/none",
        )
    },
    '<a href="//testserver/en/no/">here</a>': "“here” leads to /en/no/, where this site has nothing",
    '<a href="no/">here</a>': "“here” leads to /en/about/no/, where this site has nothing",
    '<a href="#nowhere">below</a>': "“below” leads to the place “nowhere” of a page, which isn't there",
    '<a href="/en/recommendations/sim-swap/#no">x</a>': "“x” leads to the place “no” of a page, which isn't there",
}
WHOLE = (
    '<a href="/en/recommendations/sim-swap/#SIM-MNO-03">a</a><a href="/en/search/?q=sim">b</a><a href="#main">c</a>'
    '<a href="/r/SIM-MNO-03">d</a><a href="https://www.itu.int/">e</a><a href="mailto:a@example.org">f</a>'
    '<a href="../recommendations/">g</a><a href="//example.org/no">h</a><a href="/en/recommendations.pdf">i</a>'
    '<a href="/admin/">j</a><a href="/api/v1/docs">k</a><a href="/en/about.md">l</a><a href="/health/">m</a>'
    '<a href="/en/accounts/login/">n</a><a href="/en/glossary/">o</a><a href="/en/feed.atom">p</a>'
)


@pytest.mark.usefixtures("review")
@pytest.mark.parametrize("html", BROKEN)
def test_a_broken_link_refuses_a_review(html: str) -> None:
    with pytest.raises(PublicationRefused) as refusal:
        submit(draft(f"<p>{html}</p>"))
    assert str(refusal.value) == (
        f"“About this platform” can't be published while it has links that lead nowhere: {BROKEN[html]}."
    )


@pytest.mark.usefixtures("review")
def test_whole_links_are_let_through() -> None:
    assert submit(draft(f"<p>{WHOLE}</p>")).pk


@pytest.mark.usefixtures("review")
def test_an_editor_is_told_in_their_language_and_loses_nothing() -> None:
    target = unpublished("contribute")
    page = draft(f'<p><a linktype="page" id="{target.pk}">how</a></p>')
    with (
        override("fr"),
        pytest.raises(PublicationRefused, match="«\u00a0how\u00a0» mène à la page «\u00a0How to contribute"),
    ):
        submit(page)
    assert "how</a>" in str(page.get_latest_revision_as_object().body)


@pytest.mark.usefixtures("review")
def test_two_new_texts_may_name_each_other_in_one_bundle_and_not_alone() -> None:
    target = unpublished("contribute")
    page = draft(f'<p><a linktype="page" id="{target.pk}">how</a></p>')
    back = draft(f'<p><a linktype="page" id="{page.pk}">about</a></p>', of="contribute")
    with pytest.raises(PublicationRefused):
        submit(page)
    bundle = submit(page, back)
    actions.decide_bundle(bundle=bundle, by=person("second", is_superuser=True), approve=True)
    assert "how</a>" in Client().get("/en/about/").content.decode()


@pytest.mark.usefixtures("review")
def test_what_went_away_during_the_review_refuses_the_approval() -> None:
    target = PlainPage.objects.get(slug="contribute", locale__language_code="en")
    bundle = submit(draft(f'<p><a linktype="page" id="{target.pk}">how</a></p>'))
    unpublished("contribute")
    with pytest.raises(PublicationRefused, match="“how” leads to the page"):
        actions.decide_bundle(bundle=bundle, by=person("second", is_superuser=True), approve=True)
    assert "how</a>" not in Client().get("/en/about/").content.decode()


@pytest.mark.usefixtures("review")
def test_a_statement_that_names_what_nobody_can_read_is_refused() -> None:
    with system_publication(reason="test"):
        for row in ControlPage.objects.filter(reference="SAF-052", live=True):
            row.unpublish()
    page = RecommendationPage.objects.filter(locale__language_code="en", related__has_code="SAF-052").first()
    page.statement += " Always."
    page.save_revision(user=person("writer"))
    with pytest.raises(PublicationRefused, match="“SAF-052” is named"):
        submit(page)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status = {"/there": 200, "/gone": 404, "/shy": 403, "/moved": 302, "/inside": 302}[self.path]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/there" if self.path == "/moved" else "ftp://127.0.0.1/there")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_HEAD(self) -> None:
        self.send_response(405) if self.path == "/there" else self.do_GET()
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def other_site(settings: Any) -> Iterator[str]:
    settings.DFS_PAGES_ASK_LOCAL_SITES = True
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_other_sites_are_asked_as_a_reader_would(other_site: str, settings: Any) -> None:
    wrong = {path: ask(f"{other_site}{path}") for path in ("/there", "/gone", "/shy", "/moved", "/inside")}
    assert [path for path, answer in wrong.items() if answer] == ["/gone", "/inside"]
    assert wrong["/gone"] == ("error", f"{other_site}/gone (404)")
    settings.DFS_PAGES_ASK_LOCAL_SITES = False
    assert ask(f"{other_site}/there") == ("no_answer", f"{other_site}/there")


def test_other_sites_are_reported_when_they_fail_twice(other_site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    person("editor").groups.add(Group.objects.get_or_create(name="Editors")[0])
    entry = LibraryEntryPage.objects.filter(locale__language_code="en").first()
    entry.url = f"{other_site}/gone"
    monkeypatch.setattr("dfs_pages.query.other_sites.live_texts", lambda: [entry])
    assert "404" not in check() and not BrokenLink.objects.exists()
    assert f"{other_site}/gone (404), which answers with an error" in check("--other-sites")
    assert not OutgoingMail.objects.exists()
    BrokenLink.objects.update(last_on="2026-01-01")
    check("--other-sites")
    assert OutgoingMail.objects.count() == 1 and BrokenLink.objects.get().times == 2
    entry.url = f"{other_site}/there"
    check("--other-sites")
    assert not BrokenLink.objects.exists()


@pytest.mark.usefixtures("review")
def test_what_is_open_to_some_only_is_named() -> None:
    target = PlainPage.objects.get(slug="contribute", locale__language_code="en")
    chapter = ControlPage.objects.get(reference="SAF-052", locale__language_code="en")
    with system_publication(reason="test"):
        for page in (target, *ControlPage.objects.filter(translation_key=chapter.translation_key)):
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    with pytest.raises(PublicationRefused, match="“how” leads to the page “How to contribute”, which isn't public"):
        submit(draft(f'<p><a linktype="page" id="{target.pk}">how</a></p>'))
    assert "“SAF-052” is named, but no public statement has this reference" in check()


def test_asking_what_stands_at_an_address_leaves_nothing() -> None:
    before = BookletFile.objects.count()
    assert at("/en/recommendations.pdf") is True
    assert BookletFile.objects.count() == before
