"""What readers of a translation see when the source has moved on, on pages and by the API."""

import pytest
from django.test import Client

from dfs_pages.models import ControlPage, RecommendationPage
from dfs_workflow.gate import system_publication
from dfs_workflow.translation import actions, query
from dfs_workflow.translation.models import SourceChange

pytestmark = pytest.mark.usefixtures("content")


def reword(model, reference, **changes):
    page = model.objects.get(reference=reference, locale__language_code="en")
    for name, value in changes.items():
        setattr(page, name, value)
    with system_publication(reason="Set up for a test"):
        page.save_revision().publish()
    return page


def read(path):
    return Client().get(path).content.decode()


def api(reference, language="fr"):
    answer = Client().get(f"/api/v1/recommendations?reference={reference}&language={language}").json()
    return answer["items"][0]


def french(model, reference):
    return model.objects.get(reference=reference, locale__language_code="fr")


@pytest.mark.parametrize("path", ["/fr/r/SIM-MNO-03/", "/fr/recommendations/sim-swap/sim-mno/"])
def test_a_reworded_recommendation_shows_the_new_source_beside_the_old_translation(path):
    old = french(RecommendationPage, "SIM-MNO-03").statement
    assert "Nouveau texte en anglais" not in read(path)
    reword(RecommendationPage, "SIM-MNO-03", statement="Operators shall wait 99 hours.")
    html = read(path)
    assert '<p class="stmt" lang="en" dir="ltr">Operators shall wait 99 hours.</p>' in html
    assert "a été modifié le" in html
    assert old.split("’")[0] in html


def test_an_explanation_that_changed_is_announced_in_short():
    page = RecommendationPage.objects.filter(locale__language_code="fr").exclude(detail="[]").first()
    source = RecommendationPage.objects.get(translation_key=page.translation_key, locale__language_code="en")
    source.title = "Another title"
    with system_publication(reason="Set up for a test"):
        source.save_revision().publish()
    html = read(f"/fr/r/{page.reference}/")
    assert "Des parties de ce texte ont été modifiées en anglais le" in html
    assert "Another title" not in html


def test_the_api_says_the_same_of_each_field():
    before = api("SIM-MNO-03")
    assert before["fields"]["statement"] == {"translation_state": "current", "source_changed_at": None}
    assert before["source_texts"] == {}
    reword(RecommendationPage, "SIM-MNO-03", statement="Operators shall wait 99 hours.")
    after = api("SIM-MNO-03")
    assert after["fields"]["statement"]["translation_state"] == "outdated"
    assert after["fields"]["statement"]["source_changed_at"]
    assert after["fields"]["title"]["translation_state"] == "current"
    assert after["source_texts"] == {"statement": "Operators shall wait 99 hours."}
    assert after["statement"] == before["statement"]
    assert api("SIM-MNO-03", "en")["fields"] == {}


def test_the_same_wording_again_or_an_unchanged_meaning_ends_it(django_user_model):
    original = RecommendationPage.objects.get(reference="SIM-MNO-03", locale__language_code="en").statement
    reword(RecommendationPage, "SIM-MNO-03", statement="Operators shall wait 99 hours.")
    reword(RecommendationPage, "SIM-MNO-03", statement=original)
    assert "Nouveau texte en anglais" not in read("/fr/r/SIM-MNO-03/")
    reword(RecommendationPage, "SIM-MNO-03", statement=f"{original} ")
    page = reword(RecommendationPage, "SIM-MNO-03", statement=original.replace(".", " ."))
    changes = SourceChange.objects.filter(context__object_id=page.translation_key, new__data=page.statement)
    changes = changes.exclude(old__data__contains="99 hours")
    assert "Nouveau texte en anglais" in read("/fr/r/SIM-MNO-03/")
    actions.declare_meaning_unchanged(by=django_user_model.objects.create_user("editor"), changes=list(changes))
    assert "Nouveau texte en anglais" not in read("/fr/r/SIM-MNO-03/")
    assert api("SIM-MNO-03")["fields"]["statement"]["translation_state"] == "current"


def test_what_pages_keep_and_what_is_computed_anew_agree():
    reword(RecommendationPage, "SIM-MNO-03", statement="Operators shall wait 99 hours.", title="Wait")
    rows = list(RecommendationPage.objects.filter(locale__language_code="fr", live=True))
    computed = {
        row.translation_key: {name: each for name, each in found.fields.items() if each.state != "current"}
        for row in rows
        if (found := query.freshness([row]).get(row.pk))
    }
    kept = query.stale_fields("fr")
    assert {key: fields for key, fields in computed.items() if fields} == kept
    assert len(kept) == 1


def test_a_control_that_is_not_translated_says_nothing_of_it():
    before = read("/es/r/SAF-053/")  # the tests load no Spanish
    reword(ControlPage, "SAF-053", statement="Banks shall ask twice.")
    html = read("/es/r/SAF-053/")
    assert "Banks shall ask twice." not in before
    assert html.count("Banks shall ask twice.") == html.count("Banks shall ask twice.</h1>") + 1  # and in the head
    assert "Banks shall ask twice." in html
    assert "Nuevo texto en inglés" not in html
