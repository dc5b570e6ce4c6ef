"""What translators, reviewers and editors of the source see and do."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, StringTranslation

from dfs_workflow.translation import actions, query
from dfs_workflow.translation.models import Approval, Concept, SegmentComment, SourceChange, Term
from tests.dfs_translation.conftest import make_page, publish, translate, translation_of


@pytest.fixture
def client(root_user):
    client = Client()
    client.force_login(root_user)
    return client


def screen(translation):
    return reverse("dfs_translation_side_by_side", args=[translation.pk])


def segment(translation, path="text"):
    return StringSegment.objects.get(source=translation.source, context__path=path)


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_translator_writes_beside_the_source_and_sees_what_is_wrong(client, translation):
    pk = segment(translation).pk
    client.post(screen(translation), {f"shown-{pk}": "", f"text-{pk}": "L’opérateur devra garder 13 mois. (a"})
    html = read(client, screen(translation))
    assert "L’opérateur devra garder 13 mois." in html
    assert "Number not in the source: 13" in html
    assert "Opened and not closed" in html


def test_a_sentence_left_as_it_was_shown_overwrites_nobody(client, translation):
    pk = segment(translation).pk
    translate(translation, "text", "Plus récent")
    client.post(screen(translation), {f"shown-{pk}": "Ancien", f"text-{pk}": "Ancien"})
    assert StringTranslation.objects.get(context__path="text").data == "Plus récent"


def test_a_reviewer_comments_a_sentence_and_a_warning_gets_its_reason(client, translation):
    pk = segment(translation).pk
    translate(translation, "text", "L’opérateur  doit garder ; la banque peut demander")
    client.post(screen(translation), {f"comment-{pk}": "Et la banque ?", f"reason-{pk}-spaces": "As in the law"})
    html = read(client, screen(translation))
    assert SegmentComment.objects.get().by_name == "root"
    assert "Et la banque ?" in html
    assert "Reason (spaces): As in the law" in html


def test_the_memory_offers_the_same_sentence_and_blocks_a_changed_strength(client, page, french, translation):
    translate(translation, "text", "L’opérateur doit conserver les journaux.")
    same = translation_of(make_page("Same", page.text), french)
    pk = segment(same).pk
    assert (
        re.findall(r"<button type=.submit.[^>]*>([^<]*)<", read(client, screen(same)))[0] == "Save"
    )  # what Enter does
    assert client.post(screen(same), {"take": f"{pk}:0"}).url == f"{screen(same)}#segment-{pk}"
    taken = StringTranslation.objects.get(context=segment(same).context)
    assert taken.data == "L’opérateur doit conserver les journaux."
    near = translation_of(make_page("Near", page.text.replace("shall", "shall not")), french)
    html = read(client, screen(near))
    assert "Differs in a number, a negation or a word of strength" in html
    client.post(screen(near), {"take": f"{segment(near).pk}:0"})
    assert not StringTranslation.objects.filter(context=segment(near).context).exists()


def test_the_memory_is_searched_whole_and_prefers_what_was_reviewed(page, french, translation, root_user, monkeypatch):
    monkeypatch.setattr("dfs_workflow.translation.query.memory.MOST_COMPARED", 1)
    translate(translation, "text", "L’opérateur conserve les journaux. La banque peut demander.")
    actions.approve_segments(by=root_user, translation=translation)
    for number, words in enumerate(("Autres mots", "Encore d’autres mots")):
        translate(translation_of(make_page(f"Draft{number}", page.text), french), "text", words)
    new = translation_of(make_page("New", page.text), french)
    (match,) = query.matches(new, [row for row in query.segments(new) if row.path == "text"])[segment(new).pk]
    assert (match.is_exact, match.text) == (True, "L’opérateur conserve les journaux. La banque peut demander.")


def test_forbidden_terms_are_errors_on_the_screen(client, translation):
    concept = Concept.objects.create(key="log")
    for language, text, status in (
        ("en", "log", "approved"),
        ("fr", "journal", "approved"),
        ("fr", "logs", "forbidden"),
    ):
        Term.objects.create(concept=concept, language=language, text=text, status=status)
    translate(translation, "text", "L’opérateur doit garder les logs. La banque peut demander.")
    assert "“logs” is not used for “log”: journal" in read(client, screen(translation))


def test_the_dashboard_counts_by_chapter_in_three_queries(client, page, french, translation, django_assert_num_queries):
    translate(translation, "title", "Journaux")
    html = read(client, reverse("dfs_translation_dashboard"))
    assert "33 % translated" in html
    assert "Logs" in html
    with django_assert_num_queries(3):
        query.chapters()
    for number in range(5):
        translation_of(make_page(f"More{number}"), french)
    with django_assert_num_queries(3):
        query.chapters()
    assert "Logs" in read(client, reverse("dfs_translation_chapter", args=[page.path]))


def test_the_dashboard_says_who_works_on_what(client, page, translation, translator):
    translate(translation, "title", "Journaux", by=translator)
    translate(translation, "text", "Mots", by=translator)
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", read(client, reverse("dfs_translation_dashboard")))
    at = cells.index("translator")
    assert cells[at : at + 4] == ["translator", "French", "Logs", "2"]


def test_the_next_sentence_is_an_outdated_one_first(client, page, translation):
    translate(translation, "text", "Ancien")
    publish(page, text="New words.")
    response = client.get(reverse("dfs_translation_next", args=["fr"]))
    assert response.url == f"{screen(translation)}#segment-{segment(translation).pk}"


def test_the_next_sentence_is_one_that_can_be_worked_on(client, page, french, translation):
    translation.save_target()
    other = translation_of(make_page("Other"), french)
    url = reverse("dfs_translation_next", args=["fr"])
    assert client.get(url).url.startswith(screen(translation))
    Page.objects.filter(translation_key=page.translation_key, locale=french).update(locked=True)
    assert client.get(url).url.startswith(screen(other))


def test_an_editor_sees_the_cost_and_declares_a_meaning_unchanged(client, page, translation, root_user):
    translate(translation, "text", "Ancien texte")
    Approval.objects.create(
        translation=StringTranslation.objects.get(), text="Ancien texte", at=page.first_published_at, by_name="root"
    )
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    reworded = page.text.replace("logs", "its logs")
    data = {"title": page.title, "slug": page.slug, "text": reworded}
    assert "1 segment × 1 language" in client.post(edit, data, follow=True).content.decode()
    publish(page, text=reworded)
    url = reverse("dfs_translation_source", args=[translation.source_id])
    assert "<ins>" in read(client, url)
    client.post(url, {"unchanged": SourceChange.objects.get().pk})
    assert SourceChange.objects.get().unchanged_by == root_user
    assert "Nothing has changed" in read(client, url)


@pytest.mark.parametrize(
    "reworded",
    [
        "The operator should keep logs.\nThe bank may ask.",
        "The operator shall not keep logs.\nThe bank may ask.",
        "The operator may keep logs.\nThe bank shall ask.",
        "The operator shall keep logs.\nThe bank may ask twice.",
        "The operator shall keep 2 logs.\nThe bank may ask.",
    ],
)
def test_nobody_declares_the_meaning_unchanged_where_a_demand_changed(client, page, translation, reworded):
    publish(page, text=reworded)
    url = reverse("dfs_translation_source", args=[translation.source_id])
    html = read(client, url)
    assert 'name="unchanged"' not in html
    assert "A number, a negation or a word of strength changed" in html
    refused = client.post(url, {"unchanged": SourceChange.objects.get().pk}, follow=True).content.decode()
    assert SourceChange.objects.get().unchanged_at is None
    assert refused.count("changed: this has to be translated again") == 2  # beside the change and as an answer


def test_the_public_summary_is_open_to_everybody(page, translation):
    translate(translation, "title", "Journaux")
    html = Client().get("/en/translations/").content.decode()
    assert "33%" in html
    assert "français" in html
    assert f"0 of {Page.objects.filter(depth__gt=1).count()}</td>" in html


def test_somebody_without_rights_sees_no_screen(translation, translator):
    client = Client()
    client.force_login(translator)
    assert client.get(screen(translation)).status_code == 403


def test_the_words_of_the_termbase_stand_beside_the_sentence(client, translation):
    concept = Concept.objects.create(key="log")
    words = [("en", "log", "approved"), ("fr", "journal", "approved"), ("fr", "registre", "admitted")]
    for language, text, status in [*words, ("fr", "bûche", "forbidden")]:
        Term.objects.create(concept=concept, language=language, text=text, status=status)
    other = Concept.objects.create(key="purse")
    for language, text in (("en", "purse"), ("fr", "bourse")):
        Term.objects.create(concept=other, language=language, text=text)
    html = read(client, screen(translation))
    assert '<strong lang="fr" dir="ltr">journal</strong>' in html
    assert "registre" in html and "bûche" in html
    assert "bourse" not in html


def test_large_numbers_are_grouped_as_the_reader_writes_them(client, root_user, french):
    translation_of(make_page("Long", "word " * 1234), french)
    assert "1,237 words left" in read(client, reverse("dfs_translation_dashboard"))
    profile = UserProfile.get_for_user(root_user)
    for code, written in (("fr", "1\u202f237 mots"), ("ru", "осталось 1\xa0237 слов")):
        profile.preferred_language = code
        profile.save()
        assert written in read(client, reverse("dfs_translation_dashboard"))
