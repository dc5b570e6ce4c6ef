"""Each paragraph, recommendation, control and family of the real content leads to the form of its text."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.utils import timezone

from dfs_pages.models import CataloguePage, ChapterPage, ControlPage, RecommendationPage, ThreatPage
from dfs_workflow import actions
from dfs_workflow.models import Proposal, ProposalRefused
from dfs_workflow.proposals.drafts import item_on
from tests.dfs_workflow.conftest import as_user
from tests.dfs_workflow.people import member, organisation

ENGLISH = {"locale__language_code": "en"}


@pytest.fixture
def reader(content):
    return as_user(member("awa", organisation()))


def forms_of(html):
    links = BeautifulSoup(html, "html.parser").select("main a[href*='/propose/']")
    return [link["href"] for link in links]


@pytest.mark.parametrize(
    ("model", "reference", "fewest"),
    [(RecommendationPage, "SIM-MNO-03", 3), (ControlPage, "SAF-053", 3), (ThreatPage, "SAF-T01", 4)],
)
def test_every_link_of_a_statement_opens_its_form(client, reader, model, reference, fewest):
    page = model.objects.filter(**ENGLISH, reference=reference).first() or model.objects.filter(**ENGLISH).first()
    found = forms_of(client.get(f"/en/r/{page.reference}/").content)
    assert len(found) >= fewest
    for url in dict.fromkeys(found):
        assert reader.get(url).status_code == 200, url


def test_every_paragraph_of_a_chapter_opens_its_text(client, reader):
    page = ChapterPage.objects.get(**ENGLISH, slug="sim-swap")
    found = forms_of(client.get(page.url).content)
    assert len(found) > 40 and any("/text/body." in url for url in found)
    for url in dict.fromkeys(found[::8]):
        assert reader.get(url).status_code == 200, url


def test_a_translation_leads_to_the_text_that_it_follows(client, reader):
    english = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    found = forms_of(client.get("/fr/r/SIM-MNO-03/").content)
    form = BeautifulSoup(reader.get(found[0]).content, "html.parser")
    assert form.find("textarea").get_text().strip() == english.statement
    assert reader.post(found[0], {"text-0": "New words.", "reason": "Parce que."}).status_code == 302
    assert Proposal.objects.get().items.get().page_id == english.pk


def test_what_is_applied_and_published_makes_the_translations_outdated(client, reader, admin_user, django_user_model):
    page = RecommendationPage.objects.get(**ENGLISH, reference="SIM-MNO-03")
    url = f"/en/propose/{page.pk}/text/statement/"
    assert (
        reader.post(url, {"text-0": "Verify by biometrics before any swap.", "reason": "Shorter."}).status_code == 302
    )
    options = {"by": admin_user, "proposal": Proposal.objects.get(), "at": timezone.now()}
    actions.decide_proposal(accept=True, reason="", answers={}, **options)
    actions.apply_proposal(**options)
    task_state = RecommendationPage.objects.get(pk=page.pk).current_workflow_task_state
    third = django_user_model.objects.create_superuser("third")
    task_state.task.specific.on_action(task_state, third, "approve", comment="")
    french = client.get("/fr/r/SIM-MNO-03/").content.decode()
    assert "Verify by biometrics before any swap." in french and 'lang="en"' in french
    history = client.get("/en/r/SIM-MNO-03/").content.decode()
    assert Proposal.objects.get().number in history


@pytest.mark.parametrize("kind", ["recommendationpage", "controlpage", "threatpage"])
def test_what_is_new_gets_its_reference_from_its_place(content, reader, kind, admin_user):
    parents = {
        "recommendationpage": ChapterPage.objects.filter(**ENGLISH, reference_prefix="SIM-MNO"),
        "controlpage": ThreatPage.objects.filter(**ENGLISH, reference__startswith="SAF"),
        "threatpage": CataloguePage.objects.filter(**ENGLISH, reference_prefix="SAF"),
    }
    parent = parents[kind].first()
    data = {"text-0": "Newly proposed", "text-1": "Do what is new.", "reason": "It is missing."}
    assert reader.post(f"/en/propose/{parent.pk}/new/{kind}/", data).status_code == 302
    proposal = Proposal.objects.get()
    options = {"by": admin_user, "proposal": proposal, "at": timezone.now()}
    actions.decide_proposal(accept=True, reason="", answers={}, **options)
    actions.apply_proposal(**options)
    made = parent.get_children().get(title="Newly proposed").specific
    assert made.reference.startswith(("SIM-MNO-", "SAF-")) and not made.live
    assert made.latest_revision.user == admin_user


def test_what_is_new_in_a_chapter_of_sections_is_proposed_for_one_of_them(content, reader, admin_user):
    """Its sections say how references begin; directly under the chapter it could be accepted, and never applied."""
    chapter = ChapterPage.objects.get(slug="sim-swap", locale__language_code="en")
    client, url = reader, f"/en/propose/{chapter.pk}/new/recommendationpage/"
    section = chapter.get_children().get(title="What customers can do")
    assert "What customers can do" in client.get(url).content.decode()
    words = {"text-0": "Log it", "text-1": "Log each download.", "reason": "New."}
    assert client.post(url, words).status_code == 200 and not Proposal.objects.exists()
    client.post(url, {**words, "under": section.pk})
    proposal = Proposal.objects.get()
    page = client.get(f"/en/proposals/{proposal.number}/")
    text = client.get(f"/en/proposals/{proposal.number}/text/").content.decode()
    assert (
        "New statement: Log it" in BeautifulSoup(page.content, "html.parser").h2.text
        and "New statement: Log it\n" in text
    )
    actions.decide_proposal(by=admin_user, proposal=proposal, accept=True, reason="", answers={}, at=timezone.now())
    actions.apply_proposal(by=admin_user, proposal=proposal, at=timezone.now())
    made = RecommendationPage.objects.child_of(section).get(title="Log it")
    assert made.reference.startswith("SIM-CON-")


def test_what_can_not_be_saved_names_the_field(content, reader, admin_user):
    """As of a proposal that was accepted while its chapter had no sections yet."""
    item = item_on(ChapterPage.objects.get(slug="sim-swap", locale__language_code="en"), "new")
    item.proposed = {"title": "Log it", "statement": "Log each download."}
    item.details = {"model": "dfs_pages.recommendationpage", "after": None}
    author = User.objects.get(pk=reader.session["_auth_user_id"])
    proposal = actions.propose(by=author, items=[item], title="Log it", reason="New.", at=timezone.now())
    actions.decide_proposal(by=admin_user, proposal=proposal, accept=True, reason="", answers={}, at=timezone.now())
    with pytest.raises(ProposalRefused, match="Permanent reference: This field cannot be blank"):
        actions.apply_proposal(by=admin_user, proposal=proposal, at=timezone.now())
