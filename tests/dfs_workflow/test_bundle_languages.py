"""A page and its finished translations in one bundle, by the screen that submits a page."""

from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import StringTranslation

from dfs_workflow import actions
from dfs_workflow.models import Bundle, PublicReason
from dfs_workflow.translation.actions import save_text
from tests.dfs_workflow.conftest import as_user, live_pages
from tests.dfs_workflow.test_bundle import draft
from tests.dfs_workflow.test_query_counts import questions
from tests.dfs_workflow.test_translation_schedule import draft_translation
from tests.dfs_workflow.translating import french, live_translation, publish_current
from tests.testapp.models import GovernedPage, GovernedStatement


def submit_url(page):
    return reverse("dfs_workflow_submit_bundle", args=[page.pk])


def screen(user, page):
    return as_user(user).get(submit_url(page)).content.decode()


def news_in_both(translation, chapter, editor, translator):
    publish_current(translation)
    draft(chapter, editor, "New words")
    translated = {"title": "Chapitre", "text": "Nouveau texte"}
    for segment in translation.source.stringsegment_set.all():
        save_text(by=translator, translation=translation, segment=segment, text=translated[segment.context.path])


def test_a_page_and_its_finished_translation_go_live_at_one_moment(
    translation, chapter, editor, translator, moderator, reviewer
):
    news_in_both(translation, chapter, editor, translator)
    html = screen(moderator, chapter)
    assert "Finished translations: French" in html and 'value="fr"' in html and "checked" in html
    answer = as_user(moderator).post(
        submit_url(chapter), {"title": "Both", "languages": ["fr"], "public_reason": "As the law has it."}, follow=True
    )
    assert "was submitted for review" in answer.content.decode()
    bundle = Bundle.objects.get()
    assert {item.content_object.locale.language_code for item in bundle.items.all()} == {"en", "fr"}
    told = PublicReason.objects.get()
    assert told.revision.content_object.pk == chapter.pk
    assert (text_of(chapter), french(translation).text) == ("Intro", "Ancien texte")
    actions.decide_bundle(bundle=bundle, by=reviewer, approve=True)
    assert (text_of(chapter), french(translation).text) == ("New words", "Nouveau texte")


def text_of(page):
    return GovernedPage.objects.get(pk=page.pk).text


def test_a_language_that_is_not_ticked_stays_behind(translation, chapter, editor, translator, moderator):
    news_in_both(translation, chapter, editor, translator)
    as_user(moderator).post(submit_url(chapter), {"title": "One"})
    assert [item.object_id for item in Bundle.objects.get().items.all()] == [str(chapter.pk)]


def test_what_is_unfinished_or_locked_is_named_and_never_goes_along(
    translation, chapter, editor, translator, moderator, root_user
):
    publish_current(translation)
    first, second = GovernedStatement.objects.child_of(chapter)[:2]
    whole, part = (draft_translation(page, root_user, translator) for page in (first, second))
    StringTranslation.objects.filter(context__object_id=second.translation_key, context__path="text").delete()
    html = screen(moderator, chapter)
    assert "Finished translations: French" in html
    missing = html.index("sentences of the translation are missing or outdated")
    assert html.index(edit_of(whole)) < missing < html.index(edit_of(part))
    row = Page.objects.get(pk=whole.get_target_instance().pk)
    row.locked = True
    row.save()
    html = screen(moderator, chapter)
    busy = html.index("Not included, because locked")
    assert busy < html.index(edit_of(whole)) and "Finished translations" not in html
    answer = as_user(moderator).post(submit_url(chapter), {"title": "X", "languages": ["fr"]}).content.decode()
    assert not Bundle.objects.exists() and "Submit" in answer


def edit_of(translation):
    return reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])


def test_only_languages_in_which_somebody_may_edit_are_offered(translation, chapter, editor, translator):
    news_in_both(translation, chapter, editor, translator)
    home = french(translation).get_parent()
    GroupPagePermission.objects.filter(page=home, group__user=editor).delete()
    GroupPagePermission.objects.filter(page__depth=1, group__user=editor).delete()
    client = as_user(editor)
    html = client.get(submit_url(chapter)).content.decode()
    assert "Finished translations" not in html and edit_of(translation) not in html and 'name="languages"' not in html
    client.post(submit_url(chapter), {"title": "Both", "languages": ["fr"]})
    assert [item.object_id for item in Bundle.objects.get().items.all()] == [str(chapter.pk)]


def test_it_asks_the_same_for_one_text_and_for_twenty(home, roles, root_user, editor, moderator):
    counts = []
    for number in (1, 20):
        specs = [
            (GovernedStatement(title=f"S{n}", slug=f"s{n}", reference=f"Q-{number}-{n}", text="Old words"), [])
            for n in range(number)
        ]
        top = live_pages(home, (GovernedPage(title=f"T{number}", slug=f"t{number}", text="Intro"), specs))[0]
        live_translation(top, root_user, "Nouveau")
        for page in GovernedStatement.objects.child_of(top):
            draft(page, editor)
            draft_translation(page, root_user, editor)
        html = screen(moderator, top)
        assert html.count("/edit/") >= 2 * number
        counts.append(questions(as_user(moderator), submit_url(top)))
    assert counts[0] == counts[1]
