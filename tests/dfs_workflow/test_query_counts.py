"""Screens ask the database the same for one row and for twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dfs_workflow import actions
from dfs_workflow.documents.comment_form import Line
from dfs_workflow.models import Organisation
from dfs_workflow.proposals.drafts import edit_item
from tests.dfs_workflow.commenting import written
from tests.dfs_workflow.conftest import as_user, in_group, live_pages, person
from tests.dfs_workflow.people import member, organisation
from tests.dfs_workflow.test_bundle import draft, review_url
from tests.dfs_workflow.world import make_term
from tests.testapp.models import GovernedPage, GovernedStatement, GovernedTerm, Note


def questions(client, url):
    client.get(url)  # warms what is asked only once
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code == 200
    return len(asked)


def chapter_with(home, number, make):
    specs = [(make(f"{number}-{n}"), []) for n in range(number)]
    return live_pages(home, (GovernedPage(title=f"With {number}", slug=f"with-{number}"), specs))[0]


def statement(name):
    return GovernedStatement(title=f"S{name}", slug=f"s{name}", reference=f"Q-{name}", text="Old words")


def rich_page(name):
    page = GovernedPage(title=f"P{name}", slug=f"p{name}", text="Old words", body=[("word", "one")])
    page.notes = [Note(text="one", sort_order=0), Note(text="two", sort_order=1)]
    return page


def drafts(chapter, user):
    pages = [draft(page.specific, user) for page in chapter.get_children()]
    return [type(page).objects.get(pk=page.pk) for page in pages]


@pytest.mark.parametrize("is_open", [False, True])
def test_the_explorer(home, roles, editor, reviewer, is_open):
    one, twenty = chapter_with(home, 1, statement), chapter_with(home, 20, statement)
    for chapter in (one, twenty):
        changed = drafts(chapter, editor)
        if is_open:
            actions.submit_bundle(title="Changes", objects=changed, by=editor)
    client = as_user(reviewer)
    few, many = (questions(client, reverse("wagtailadmin_explore", args=[page.pk])) for page in (one, twenty))
    assert many == few


def test_the_explorer_for_who_translates(home, roles, editor):
    """wagtail-localize itself asks two things for each row: in which languages it is, and whether it is a source."""
    one, twenty = chapter_with(home, 1, statement), chapter_with(home, 20, statement)
    client = as_user(editor)
    few, many = (questions(client, reverse("wagtailadmin_explore", args=[page.pk])) for page in (one, twenty))
    assert many == few + 2 * 19


@pytest.mark.parametrize("make", [statement, rich_page])
def test_the_review_of_a_bundle(home, roles, editor, reviewer, make):
    bundles = [
        actions.submit_bundle(title="Changes", objects=drafts(chapter_with(home, number, make), editor), by=editor)
        for number in (1, 20)
    ]
    client = as_user(reviewer)
    few, many = (questions(client, review_url(bundle)) for bundle in bundles)
    assert many == few
    assert client.get(review_url(bundles[1])).content.decode().count('addition">New') == 20


def test_the_review_of_terms(english, roles, editor, reviewer):
    terms = [make_term(english) for _n in range(21)]
    for term in terms:
        term.meaning = "New words"
        term.save_revision(user=editor)
    terms = list(GovernedTerm.objects.all())
    one = actions.submit_bundle(title="One", objects=terms[:1], by=editor)
    twenty = actions.submit_bundle(title="Twenty", objects=terms[1:], by=editor)
    client = as_user(reviewer)
    assert questions(client, review_url(twenty)) == questions(client, review_url(one))


def test_proposals(chapter, roles, moderator):
    """Their list, that of the admin, and one of as many pages."""
    statements = [page.specific for page in chapter_with(chapter, 20, statement).get_children()]
    lists = [reverse("dfs_workflow:proposals"), reverse("dfs_workflow_proposals")]
    author, counts = person("author", is_superuser=True, is_staff=True), []
    for size in (1, 20):
        proposals = [
            actions.propose(by=author, items=[rewording(s) for s in chosen], title="T", reason="R", at=timezone.now())
            for chosen in [statements[:size], *([s] for s in statements[1:size])]
        ]
        for _row in proposals:
            actions.add_remark(by=author, proposal=proposals[0], text="Yes", at=timezone.now())
        addresses = [*lists, reverse("dfs_workflow:proposal", args=[proposals[0].number])]
        counts.append([questions(as_user(moderator), url) for url in addresses])
    assert counts[0] == counts[1]


def rewording(page):
    return edit_item(page, page.live_revision, {"text": page.text}, {"text": "New words"})


def test_the_directory_of_organisations(roles):
    client = as_user(in_group(person("steward"), "Stewards"))
    url = reverse("organisations:index")
    counts = []
    for number in range(1, 21):
        organisation = Organisation.objects.create(key=f"o{number}", name=f"O{number}", kind="ministry")
        organisation.countries.create(code="SN", name="Senegal")
        organisation.countries.create(code="ML", name="Mali")
        if number in {1, 20}:
            counts.append(questions(client, url))
    assert counts[0] == counts[1]


def test_comments_on_a_page_and_in_every_list(chapter, roles):
    steward = in_group(person("steward"), "Stewards")
    reader = member("reader", organisation("readers"))
    urls = ["/en/chapter/comments/", "/en/comments/", "/en/chapter/comments.atom", "/api/v1/comments"]
    listing = f"{reverse('dfs_workflow_comments')}?state=shown"
    counts, number = [], 0
    for size in (1, 20):
        while number < size:
            number += 1
            own = organisation(f"o{number}")
            own.countries.create(code="SN", name="Senegal")
            by = member(f"m{number}", own, is_listed=True)
            about = chapter if number % 2 else chapter.get_children().first().specific
            written(by, chapter)
            written(by, about, "About another page")
        asked = [questions(as_user(reader), url) for url in urls]
        counts.append([*asked, questions(as_user(steward), listing)])
    assert counts[0] == counts[1]
    assert max(counts[0][:4]) <= 20, counts[0]


def test_what_many_flagged_for_who_moderates(chapter, roles):
    steward, author = in_group(person("steward"), "Stewards"), member("author", organisation("authors"))
    counts, comments = [], []
    for size in (1, 20):
        while len(comments) < size:
            number = len(comments)
            comments.append(written(author, chapter, f"Comment {number}"))
            for n in range(3):
                by = member(f"f{number}-{n}", organisation(f"of-{number}-{n}"))
                actions.flag_comment(by=by, comment=comments[-1], reason=f"Reason {n}", at=timezone.now())
        counts.append(questions(as_user(steward), reverse("dfs_workflow_comments")))
    html = as_user(steward).get(reverse("dfs_workflow_comments")).content.decode()
    assert html.count("comments flagged so far") == 60
    assert counts[0] == counts[1]


def test_a_consultation_and_its_form(chapter, roles):
    steward = in_group(person("steward"), "Stewards")
    reader = member("reader", organisation("readers"))
    found = actions.open_consultation(by=steward, page=chapter, title="Draft", at=timezone.now())
    urls = [reverse(f"dfs_workflow:{name}", args=args) for name, args in (
        ("consultations", []), ("consultation", [found.pk]), ("consultation_form", [found.pk, "xlsx"]))]  # fmt: skip
    counts = []
    for size in (1, 20):
        lines = [Line(clause=f"TST-{n % 5}", kind="te", comment=f"Comment {n}") for n in range(size)]
        actions.answer_consultation(by=reader, consultation=found, lines=lines, at=timezone.now())
        for answer in found.answers.filter(disposition=None):
            actions.dispose(by=steward, answers=[answer], outcome="noted", reason="Later.", at=timezone.now())
        counts.append([questions(as_user(who), url) for who in (reader, steward) for url in urls])
    assert counts[0] == counts[1]
