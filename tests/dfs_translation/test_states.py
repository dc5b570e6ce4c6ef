"""States follow from the texts: what changes no text changes no state, whatever is done with the page."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from dfs_workflow.translation import actions, query
from dfs_workflow.translation.models import SourceChange
from tests.dfs_translation.conftest import make_page, publish, translate, translation_of
from tests.testapp.models import ForeignPage


def states(translation):
    return {segment.path: str(segment.state) for segment in query.segments(translation)}


def counted(translations):
    return {
        (row["source_id"], row["target_locale_id"], row["state"]): (row["segments"], row["words"])
        for row in query.figures(translations)
    }


def test_a_sentence_goes_through_its_states(translation, translator, root_user):
    assert states(translation) == {"title": "untranslated", "text": "untranslated", "slug": "untranslated"}
    translate(translation, "title", "Journaux", kind="machine")
    translate(translation, "text", "L’opérateur doit conserver", by=translator)
    assert states(translation) == {"title": "machine", "text": "draft", "slug": "untranslated"}
    assert actions.approve_segments(by=root_user, translation=translation) == 2
    assert states(translation) == {"title": "reviewed", "text": "reviewed", "slug": "untranslated"}
    translate(translation, "text", "L’opérateur conserve", by=translator)
    assert states(translation) == {"title": "reviewed", "text": "draft", "slug": "untranslated"}


def test_only_what_changed_is_outdated_and_keeps_its_old_translation(page, translation):
    translate(translation, "title", "Journaux")
    translate(translation, "text", "L’opérateur doit conserver les journaux.")
    publish(page, text="The operator shall keep logs for 12 months.")
    assert states(translation) == {"title": "draft", "text": "outdated", "slug": "untranslated"}
    segment = next(segment for segment in query.segments(translation) if segment.path == "text")
    assert segment.old_text == "L’opérateur doit conserver les journaux."
    assert "12" in segment.redline.numbers_added
    assert segment.changed_at is not None
    publish(page, text="The operator shall keep logs for 24 months.")
    segment = next(segment for segment in query.segments(translation) if segment.path == "text")
    assert segment.old_text == "L’opérateur doit conserver les journaux."
    publish(page, text=page.text)
    assert states(translation)["text"] == "draft"


def test_an_editor_declares_the_meaning_unchanged(page, translation, root_user):
    translate(translation, "text", "L’opérateur doit conserver")
    actions.approve_segments(by=root_user, translation=translation)
    publish(page, text=page.text.replace("logs", "its logs"))
    change = SourceChange.objects.get(context__path="text")
    assert actions.declare_meaning_unchanged(by=root_user, changes=[change]) == 1
    assert states(translation)["text"] == "reviewed"
    change.refresh_from_db()
    assert (change.unchanged_by, change.unchanged_by_name) == (root_user, "root")
    assert change.unchanged_at is not None
    assert actions.declare_meaning_unchanged(by=root_user, changes=[change]) == 0


def test_a_paragraph_that_is_only_added_outdates_none(translation):
    pairs = actions.following.paired(["One.", "Two."], ["One.", "New.", "Two."])
    assert list(pairs) == []
    replaced = actions.following.paired(["Keep the logs.", "Two."], ["Added here.", "Keep all the logs.", "Two."])
    assert list(replaced) == [("Keep the logs.", "Keep all the logs.")]


def test_figures_of_a_listing_are_the_sums_of_its_segments_in_one_query(french, django_assert_num_queries):
    rows = [translation_of(make_page(f"Page{number}"), french) for number in range(3)]
    translate(rows[0], "title", "Un")
    translate(rows[1], "title", "Deux", kind="machine")
    with django_assert_num_queries(1):
        found = counted(Translation.objects.all())
    for row in rows:
        each = [str(segment.state) for segment in query.segments(row)]
        assert {state: each.count(state) for state in set(each)} == {
            state: segments for (source, _locale, state), (segments, _words) in found.items() if source == row.source_id
        }
    assert sum(words for _segments, words in found.values()) == 3 * (1 + 8 + 1)


# What is done with a page without touching its words, and what touches them.
WORDS = ["The operator shall keep logs.", "The operator should keep logs.", "The bank may ask for logs."]
ACTIONS = st.one_of(
    st.sampled_from([("resave", ""), ("draft", ""), ("move", ""), ("unpublish", ""), ("import", ""), ("update", "")]),
    st.tuples(st.just("edit"), st.sampled_from(WORDS)),
    st.tuples(st.just("translate"), st.sampled_from(["machine", "manual"])),
    st.tuples(st.just("approve"), st.just("")),
)


@pytest.fixture
def places(french):
    return [make_page("Here"), make_page("There")]


@settings(max_examples=20)
@given(steps=st.lists(ACTIONS, min_size=4, max_size=9))
def test_states_follow_from_the_texts_alone(places, french, root_user, steps):
    with transaction.atomic():
        check_steps(places, french, root_user, steps)
        transaction.set_rollback(True)


def check_steps(places, french, reviewer, steps):
    """Beside the database runs a model of it: the wordings that are translated, and how."""
    page = make_page("Moving", WORDS[0], parent=places[0])
    translation = translation_of(page, french)
    now, seen, translated, approved = WORDS[0], {WORDS[0]}, {}, set()
    for action, value in steps:
        if action == "edit":
            publish(page, text=value)
            now = value
            seen.add(value)
        elif action == "translate":
            translate(translation, "text", f"Traduit : {now}", kind=value)
            translated[now] = value
        elif action == "approve":
            actions.approve_segments(by=reviewer, translation=translation)
            approved |= {now} & translated.keys()
        else:
            without_new_words(page, places, translation, action)
        assert states(translation)["text"] == expected(now, seen, translated, approved)


def expected(now, seen, translated, approved):
    if now in translated:
        return "reviewed" if now in approved else {"machine": "machine", "manual": "draft"}[translated[now]]
    return "outdated" if translated.keys() & seen else "untranslated"


def without_new_words(page, places, translation, action):
    fresh = ForeignPage.objects.get(pk=page.pk)
    if action == "resave":
        fresh.save_revision().publish()
    elif action == "draft":
        fresh.text = "Only a draft."
        fresh.save_revision()
    elif action == "move":
        target = places[0] if fresh.get_parent().pk == places[1].pk else places[1]
        fresh.move(Page.objects.get(pk=target.pk), pos="last-child")
    elif action == "unpublish":
        fresh.unpublish()
    elif action == "import":
        TranslationSource.update_or_create_from_instance(fresh)
    else:
        TranslationSource.objects.get(pk=translation.source_id).update_from_db()
