"""A GitBook book becomes chapters: nothing is lost in silence, and a second run changes only what changed."""

import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from dfs_pages.importers.gitbook.load import Order, find_parent, import_gitbook
from dfs_pages.models import ChapterPage, OldAddress
from dfs_workflow.gate import system_publication
from dfs_workflow.models import Decision
from tests.dfs_pages.gitbook import AGENTS, CONTENTS, run, write_book
from tests.dfs_pages.test_load_content import state

pytestmark = pytest.mark.usefixtures("content")
AT = "/en/recommendations/book"


@pytest.fixture
def book(tmp_path):
    return write_book(tmp_path / "book")


def read(path):
    response = Client().get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def rows():
    """Enough to see that an import left anything."""
    models = (Page, Revision, Decision, Redirect, get_image_model(), get_document_model())
    return [model._base_manager.count() for model in models]


def media_files():
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_the_tree_is_that_of_the_contents(book):
    out = run(book)
    assert out.startswith("8 created, 0 changed, 0 unchanged")
    top = ChapterPage.objects.get(slug="book")
    titles = [("  " * (page.depth - top.depth)) + page.title for page in top.get_descendants(inclusive=True)]
    assert titles == [
        *("Book", "  The whole guide", "    Mobile money", "      Agents", "    Notes"),
        *("  Elsewhere", "  Reference", "    Blocks"),
    ]
    guide = ChapterPage.objects.get(title="The whole guide")
    assert (guide.short_title, guide.summary) == ("Guide", "How a book is read.")
    assert Page.find_problems() == ([], [], [], [], [])
    assert not ChapterPage.objects.get(title="Notes").live
    assert Decision.objects.filter(object_id=str(top.pk), reason="Import of the GitBook book “book”").exists()


def test_every_block_is_read_as_what_it_is(book):
    run(book)
    html = read(f"{AT}/reference/blocks/")
    for expected in (
        'class="call call-bad"',
        "Never share a <code>PIN</code>",
        "rm -rf /",
        "Operators",
        "Check the device",
        "<summary>Why?</summary>",
        "&lt;name&gt; and <b>fraud</b>",
        "<strong>Stop</strong>",
        "ask.sh",
        "curl {% raw %} &lt;script&gt;",
        'href="https://www.youtube.com/watch?v=1"',
        "The form",
        "Handle with care.",
        "Right",
        '<th scope="col">Threat</th>',
        'alt="A red square"',
        '<ol class="does"><li><p>First</p>',
        "with code",
        "☐ to do",
        "<blockquote><p>As they said.</p></blockquote>",
        "The proof.",
        'role="doc-noteref"',
    ):
        assert expected in html, expected
    assert html.count('href="/en/recommendations/book/overview/money/agents/"') >= 2
    assert "<iframe" not in html and "youtube.com/embed" not in html


def test_links_lead_across_folders_to_pages_files_and_headings(book):
    run(book)
    guide = read(f"{AT}/overview/")
    assert 'href="/en/recommendations/book/overview/money/agents/#h-who-they-are"' in guide
    assert '<a href="https://www.figi.itu.int/">https://www.figi.itu.int/</a>' in guide
    assert "nothing and" in guide
    agents = read(f"{AT}/overview/money/agents/")
    assert '<h2 id="h-who-they-are">' in agents and 'href="#h-who-they-are"' in agents
    assert "/documents/" in read(f"{AT}/overview/money/")


def test_the_report_accounts_for_everything(book):
    account = import_gitbook(Order(book, find_parent("", "en")))
    assert account.total("page") == 5  # Markdown files apart from contents and text for inclusion
    assert account.total("link") == 14  # with bare addresses, and those of embeds and references
    assert account.total("image") == 2
    reasons = {(kind, outcome, reason) for kind, outcome, reason in account.reasons}
    assert ("image", "refused", "the file is not in the book") in reasons
    assert ("contents entry", "refused", "the contents name a file that is not in the book") in reasons
    assert ("link", "refused", "it leads nowhere in the source; its words are kept") in reasons
    assert ("HTML tag", "degraded", "shown as text") in reasons
    assert all(reason for _kind, _outcome, reason in reasons)
    assert len(account.notes) == sum(account.reasons.values())


def test_old_addresses_lead_to_the_pages_for_ever(book):
    run(book)
    for old in ("/money/agents", "/money/agents/", "/old/agents"):
        response = Client().get(old)
        assert (response.status_code, response["Location"]) == (301, f"{AT}/overview/money/agents/"), old
    run(book)
    assert Redirect.objects.filter(old_path="/money/agents").count() == 1


def test_old_addresses_of_drafts_lead_to_them_once_they_are_live(book):
    run(book, drafts=True)
    assert not Redirect.objects.exists()
    for title in ("Book", "The whole guide", "Mobile money", "Agents"):
        with system_publication(reason="Approved"):
            ChapterPage.objects.get(title=title).latest_revision.publish()
    response = Client().get("/money/agents")
    assert (response.status_code, response["Location"]) == (301, f"{AT}/overview/money/agents/")
    assert not Redirect.objects.filter(old_path="/reference/blocks").exists()
    assert "0 old addresses redirected" in run(book, drafts=True)


def test_a_second_run_changes_nothing_and_a_third_only_what_changed(book):
    run(book)
    before = state()
    assert run(book).startswith("0 created, 0 changed, 8 unchanged")
    assert state() == before
    write_book(book, {"money/agents.md": AGENTS.replace("Everywhere", "In every market")})
    (book / "SUMMARY.md").write_text(CONTENTS.replace("## Reference", "* [Notes](notes/unlisted.md)\n\n## Reference"))
    (book / "money/new.md").write_text("# New\n\nAbout [agents](agents.md).\n")
    out = run(book)
    assert out.startswith("1 created, 2 changed, 6 unchanged")
    assert "In every market" in read(f"{AT}/overview/money/agents/")
    assert ChapterPage.objects.get(title="Notes").live
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_an_editor_changed_is_left_alone(book, admin_user):
    run(book)
    page = ChapterPage.objects.get(title="Agents")
    page.summary = "Of an editor"
    page.save_revision(user=admin_user)
    write_book(book, {"money/agents.md": AGENTS + "\nMore.\n"})
    assert "left alone: Agents (an editor changed it)" in run(book)
    assert "More." not in read(f"{AT}/overview/money/agents/")


@pytest.mark.parametrize("as_drafts", [False, True])
def test_a_page_that_left_the_book_is_named_and_kept(book, as_drafts):
    assert "any more" not in run(book, drafts=as_drafts)
    (book / "money/agents.md").unlink()
    (book / "SUMMARY.md").write_text(CONTENTS.replace("    * [Agents](money/agents.md)\n", ""))
    for dry_run in (True, False):
        out = run(book, drafts=as_drafts, dry_run=dry_run)
        assert "not in the book any more, and kept: Agents (recommendations/book/overview/money/agents/)" in out
    assert out.count("any more") == 1
    assert ChapterPage.objects.get(title="Agents").live != as_drafts


def test_a_dry_run_reports_and_changes_nothing(book):
    before, files = state(), media_files()
    out = run(book, dry_run=True)
    assert "Dry run" in out and "8 created" in out
    assert (state(), media_files()) == (before, files)


def test_drafts_are_not_shown_to_readers(book):
    run(book, drafts=True)
    assert not ChapterPage.objects.filter(slug="book", live=True).exists()
    assert Client().get(f"{AT}/").status_code == 404
    assert run(book, drafts=True).startswith("0 created, 0 changed, 8 unchanged")


def test_a_failure_leaves_neither_rows_nor_files(book, monkeypatch):
    def fail(*args):
        raise OSError("disk full")

    before, files = state(), media_files()
    monkeypatch.setattr("dfs_pages.importers.gitbook.load.keep_addresses", fail)
    with pytest.raises(OSError, match="disk full"):
        run(book)
    assert (state(), media_files()) == (before, files)


def test_a_zip_of_a_repository_is_the_same_book(book, tmp_path):
    archive = tmp_path / "book.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(book.rglob("*")):
            file.write(path, f"repository-main/{path.relative_to(book)}")
    run(book)
    assert run(archive).startswith("0 created, 0 changed, 8 unchanged")


def test_folders_are_the_contents_where_there_are_none(book):
    (book / "SUMMARY.md").unlink()
    run(book)
    agents = ChapterPage.objects.get(title="Agents")
    assert agents.get_parent().title == "Mobile money"
    assert get_image_model().objects.filter(title="red").count() == 1


def test_a_book_in_another_language_stands_in_that_language(book):
    run(book)
    run(book, language="fr")
    french = ChapterPage.objects.get(title="Agents", locale__language_code="fr")
    english = ChapterPage.objects.get(title="Agents", locale__language_code="en")
    assert french.translation_key == english.translation_key
    assert french.get_url() == english.get_url().replace("/en/", "/fr/")


HOSTILE = [
    ({"README.md": "# A\n\n<script>alert(1)</script>\n"}, "README.md, line 3: the page holds a script"),
    ({"README.md": "# A\n\n<img src=x onerror=alert(1)>\n"}, "the page holds a script"),
    ({"README.md": "# A\n\n[go](javascript:alert(1))\n"}, "a link starts a script"),
    ({"README.md": '# A\n\n<a href="java&#10;script:alert(1)">go</a>\n'}, "a link starts a script"),
    ({"README.md": b"# A\n\n\xff\xfe\n"}, "README.md, line 3: the text is not UTF-8"),
    ({"README.md": "# A\0\n"}, "a character that no text has"),
    ({"README.md": "# A\n\n" + "<b>" * 5000}, "README.md: the page is nested too deeply"),
    ({"README.md": "# A\n\n" + "<div>" * 3000 + "end"}, "README.md: the page is nested too deeply"),
    ({"README.md": "# A\n\n" + ">" * 3000 + " end"}, "README.md: the page is nested too deeply"),
    ({"SUMMARY.md": "* [Out](../../etc/passwd.md)\n"}, "leads out of the book"),
    ({"SUMMARY.md": "\n".join(f"{'  ' * n}* [Page {n}](README.md)" for n in range(2000))}, "nested too deeply"),
    ({"SUMMARY.md": "\n".join(f"{'  ' * n}* Group {n}" for n in range(60))}, "nested too deeply"),
    ({".gitbook.yaml": "root: ../..\n"}, "leads out of the book"),
    ({".gitbook.yaml": "a: &a [1]\nb: *a\n"}, "aliases are not allowed"),
    ({"SUMMARY.md": "x" * 5_000_001}, "5 MB at most"),
    ({".gitbook/assets/big.bin": b"0" * 25_000_001}, "25 MB at most"),
]


@pytest.mark.parametrize(("files", "sentence"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_book_is_one_clear_sentence_and_nothing_is_imported(tmp_path, files, sentence):
    book = write_book(tmp_path / "book", files)
    refused(book, sentence)


def refused(book, sentence):
    before, files = rows(), media_files()
    with pytest.raises(CommandError) as error:
        run(book)
    assert sentence in str(error.value) and str(error.value).startswith("Nothing was imported. ")
    assert "\n" not in str(error.value)
    assert (rows(), media_files()) == (before, files)


def test_links_in_the_file_system_are_not_followed(book):
    (book / "money/loop").symlink_to(book)
    refused(book, "a link to another place in the file system is not followed")


def hostile_zip(path, name, data=b"# A", *, attributes=0):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        info = zipfile.ZipInfo(name)
        info.external_attr = attributes
        info.compress_type = zipfile.ZIP_DEFLATED
        file.writestr(info, data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "attributes", "sentence"),
    [
        ("../../etc/cron.d/x.md", b"# A", 0, "leads out of the book"),
        ("/etc/x.md", b"# A", 0, "leads out of the book"),
        ("C:/x.md", b"# A", 0, "leads out of the book"),
        ("README.md", b"0" * 20_000_000, 0, "grows more than 200 times"),
        ("README.md", b"0" * 50_000_000, 0, "25 MB at most"),
        ("README.md", b"/etc/passwd", 0o120777 << 16, "is not followed"),
    ],
)
def test_a_hostile_zip_is_refused(tmp_path, name, data, attributes, sentence):
    refused(hostile_zip(tmp_path / "book.zip", name, data, attributes=attributes), sentence)


def test_what_is_no_book_is_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK no zip")
    refused(tmp_path / "x.zip", "neither a folder nor a ZIP file")
    refused(tmp_path / "nowhere", "there is no such folder or file")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "no page was found")


def test_text_that_includes_itself_ends(tmp_path):
    files = {".gitbook/includes/notice.md": 'Again\n\n{% include "notice.md" %}\n'}
    assert "includes itself" in run(write_book(tmp_path / "book", files))


TAKEN_OVER = [
    *("admin", "admin/login", "health", "api/v1", "en", "en/accounts/login", "en/r/SIM-MNO-03", "en/r/SIM-MNO-99"),
    *("en/recommendations/sim-swap", "fr/recommendations", "recommendations", "search", "static/x", "media/a.png"),
]


def hostile(tmp_path, *, old):
    settings = "redirects:\n" + "".join(f"  {path}: money/agents.md\n" for path in old)
    return write_book(tmp_path / "hostile", {".gitbook.yaml": settings})


@pytest.mark.parametrize("drafts", [False, True])
def test_no_old_address_takes_over_one_of_the_site(tmp_path, drafts):
    out = run(hostile(tmp_path, old=[*TAKEN_OVER, "was/agents"]), drafts=drafts, verbosity=2)
    for path in TAKEN_OVER:
        assert f"old address, refused: the site itself has something at this address, which stays – /{path}\n" in out
    for page in ChapterPage.objects.filter(title__in=("Book", "The whole guide", "Mobile money", "Agents"), live=False):
        with system_publication(reason="Approved"):
            page.latest_revision.publish()
    for path in TAKEN_OVER:
        for end in ("", "/"):
            assert "agents" not in Client().get(f"/{path}{end}").get("Location", ""), path
    assert Client().get("/was/agents")["Location"].endswith("/money/agents/")


def test_an_address_that_the_site_got_meanwhile_is_not_redirected_on_publication(book):
    run(book, drafts=True)
    agents = ChapterPage.objects.get(title="Agents")
    OldAddress.objects.create(path="/health", page=agents)
    for title in ("Book", "The whole guide", "Mobile money", "Agents"):
        with system_publication(reason="Approved"):
            ChapterPage.objects.get(title=title).latest_revision.publish()
    assert not Redirect.objects.filter(old_path="/health").exists()
    assert Redirect.objects.filter(old_path="/old/agents").exists()


def test_a_redirect_answers_only_where_the_site_has_nothing():
    page = ChapterPage.objects.get(slug="ss7", locale__language_code="en")
    for path in ("/admin", "/health", "/en", "/en/r/SIM-MNO-03", "/en/recommendations/sim-swap"):
        before = Client().get(path)
        Redirect.objects.create(old_path=path, redirect_page=page, is_permanent=True)
        after = Client().get(path)
        assert (after.status_code, after["Location"]) == (before.status_code, before["Location"]), path
        assert after["Location"].startswith(f"{path}/")


@pytest.mark.parametrize("drafts", [False, True])
def test_an_old_address_that_another_book_has_is_named(book, tmp_path, drafts):
    run(book, drafts=drafts)
    run(book, drafts=drafts)  # its own addresses are no others
    second = write_book(tmp_path / "second")
    out = run(second, drafts=drafts, verbosity=2)
    named = "money/agents.md: old address, refused: another page has this old address, which leads there"
    assert f"{named} – /money/agents\n" in out and f"{named} – /old/agents\n" in out
    assert named not in run(book, drafts=drafts, verbosity=2)


def test_tables_below_one_heading_are_told_apart(tmp_path):
    table = "| a |\n|---|\n| b |\n"
    run(write_book(tmp_path / "book", {"money/agents.md": f"# Agents\n\n## Fees\n\n{table}\ntext\n\n{table}"}))
    html = read(f"{AT}/overview/money/agents/")
    assert html.count("<caption>Fees</caption>") == html.count("<caption>Fees (2)</caption>") == 1
    assert html.count('aria-label="Fees"') == html.count('aria-label="Fees (2)"') == 1
