"""Mappings between frameworks: shipped, read in both directions, never counted for more than they are."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.models import Locale, PageViewRestriction

from dfs_pages.models import ControlMapping, ControlPage, Item, Relation
from dfs_pages.query import Reader
from dfs_pages.query.mappings import compose, framework_mapping, inverse, mappings_of, two_hops
from dfs_workflow.gate import system_publication
from dfs_workflow.importers.snippets import create_snippets
from dfs_workflow.models import Decision, PublicationRefused

NIST, MASVS = "nist-sp-800-53-r5", "owasp-masvs-2"
R = Relation


def read(url: str, status: int = 200) -> str:
    response = Client().get(url)
    assert response.status_code == status
    return response.content.decode()


def mapping(**values: object) -> ControlMapping:
    given = {
        "source": "SAF-012", "target_framework": MASVS, "target": "MASVS-CODE-4", "relation": R.SUBSET,
        "rationale": "Because.", "author": "A", "mapped_on": date(2026, 1, 1),
        "locale": Locale.objects.get(language_code="en"),
    }  # fmt: skip
    return ControlMapping(**given | values)


def add(**values: object) -> None:
    with system_publication(reason="test"):
        create_snippets([mapping(**values)])


@pytest.mark.usefixtures("content")
def test_every_control_is_mapped_with_a_reason():
    controls = ControlPage.objects.filter(locale__language_code="en", reference__startswith="SAF-", reserved=False)
    rows = ControlMapping.objects.filter(locale__language_code="en", live=True)
    assert set(controls.values_list("reference", flat=True)) == set(rows.values_list("source", flat=True))
    assert all(len(row.rationale.split()) > 5 and row.author and row.mapped_on for row in rows)
    assert set(rows.values_list("target_framework", flat=True)) == {NIST, MASVS}


@pytest.mark.usefixtures("content")
def test_a_control_shows_its_mappings_and_that_they_are_drafts():
    html = read("/en/r/SAF-012/")
    assert "equivalent to" in html and 'href="/en/mappings/nist-sp-800-53-r5/AC-7/"' in html
    assert html.count("Draft mapping, to be reviewed") == 1
    assert "Unsuccessful Logon Attempts" in html and "limit consecutive failed attempts" in html


@pytest.mark.usefixtures("content")
def test_the_other_direction_is_computed():
    reader = Reader("en")
    for row in mappings_of(Item("", "SAF-027"), reader):
        (back,) = [other for other in mappings_of(row.item, reader) if other.item.identifier == "SAF-027"]
        assert back.relation == inverse(row.relation)
    assert {inverse(inverse(relation)) for relation in R} == set(R)
    assert "superset of" in read("/en/mappings/nist-sp-800-53-r5/AC-3(2)/")


@pytest.mark.usefixtures("content")
def test_a_subset_or_an_intersection_never_counts_as_full():
    before = framework_mapping(MASVS, Reader("en")).theirs
    full = set(
        ControlMapping.objects.filter(
            target_framework=MASVS, relation__in=["equal-to", "equivalent-to", "superset-of"]
        ).values_list("target", flat=True)
    )
    assert before.full == len(full)
    for number in (1, 2, 3):
        add(source=f"SAF-00{number}", target="MASVS-RESILIENCE-3", relation=R.SUBSET)
    after = framework_mapping(MASVS, Reader("en")).theirs
    assert (after.full, after.partial, after.total) == (before.full, before.partial + 1, 24)
    add(source="SAF-004", target="MASVS-RESILIENCE-3", relation=R.SUPERSET)
    assert framework_mapping(MASVS, Reader("en")).theirs.full == before.full + 1


def test_two_steps_are_never_stronger_than_what_follows_from_sets():
    """Against all small sets: whatever is said of A and C holds in each of them."""
    sets = [frozenset(x for x in range(3) if number >> x & 1) for number in range(1, 8)]

    def holds(relation, a, c):
        return {
            R.EQUAL: a == c, R.EQUIVALENT: a == c, R.SUBSET: a <= c, R.SUPERSET: a >= c, R.INTERSECTS: bool(a & c),
            R.NONE: not a & c,
        }[relation]  # fmt: skip

    for first in set(R) - {R.NONE}:
        for second in set(R) - {R.NONE}:
            said = compose(first, second)
            cases = [(a, c) for a in sets for b in sets for c in sets if holds(first, a, b) and holds(second, b, c)]
            assert cases and (said is None or all(holds(said, a, c) for a, c in cases)), (first, second, said)
    assert compose(R.SUBSET, R.SUPERSET) is None and compose(R.INTERSECTS, R.INTERSECTS) is None


@pytest.mark.usefixtures("content")
def test_two_steps_show_their_weakest_link():
    add(relation=R.INTERSECTS, confidence="low")
    item = Item(NIST, "AC-7")
    (hop,) = [
        hop for hop in two_hops(item, mappings_of(item, Reader("en")), Reader("en"))
        if hop.second.item.identifier == "MASVS-CODE-4"
    ]  # fmt: skip
    assert (hop.relation, hop.weakest, hop.confidence) == (R.INTERSECTS, R.INTERSECTS, "low")
    html = read("/en/mappings/nist-sp-800-53-r5/AC-7/")
    assert "MASVS-CODE-4" in html and "intersects with (confidence: low)" in html


@pytest.mark.usefixtures("content")
def test_filters_are_links_and_the_numbers_are_those_of_the_rows():
    html = read(f"/en/mappings/{MASVS}/?relation=subset-of")
    number = ControlMapping.objects.filter(
        target_framework=MASVS, relation="subset-of", live=True, locale__language_code="en"
    ).count()
    assert html.count('<td class="nowrap">subset of</td>') == number and f"<span>({number})</span>" in html
    assert '<td class="nowrap">intersects with</td>' not in html
    assert "No mapping has this relation" in read(f"/en/mappings/{MASVS}/?relation=equal-to")
    assert "No mapping has this relation" in read(f"/en/mappings/{MASVS}/?relation=a-slip")
    read("/en/mappings/none-such/", 404)
    read(f"/en/mappings/{NIST}/ZZ-99/", 404)
    read(f"/en/mappings/{NIST}/%00/", 404)


@pytest.mark.usefixtures("content")
def test_a_mapping_of_what_is_not_public_is_not_shown():
    control = ControlPage.objects.get(reference="SAF-012", locale__language_code="en")
    with system_publication(reason="test"):
        PageViewRestriction.objects.create(page=control, restriction_type="login")
    assert "SAF-012" not in read(f"/en/mappings/{NIST}/")
    read("/en/mappings/nist-sp-800-53-r5/AC-7/", 404)


@pytest.mark.usefixtures("content")
def test_it_stands_behind_the_gate_and_is_no_draft_once_a_second_person_agreed(django_user_model):
    row = ControlMapping.objects.get(source="SAF-012", target="AC-7", locale__language_code="en")
    row.rationale = "Other words."
    with pytest.raises(PublicationRefused):
        row.save_revision().publish()
    reviewer = django_user_model.objects.create_user("second")
    Decision.about(row, kind="review", by=reviewer, reason="", revision=row.live_revision).save()
    assert not next(m for m in mappings_of(Item("", "SAF-012"), Reader("en")) if m.item.identifier == "AC-7").is_draft


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"source": "SAF-999"}, "No statement of this site has the reference SAF-999."),
        ({"target_framework": "", "target": "SAF-012"}, "An item isn't mapped to itself."),
        (
            {"source_framework": NIST, "source": "AC-7", "target_framework": "", "target": "SAF-012"},
            "The other direction of this mapping exists",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(values, sentence):
    with translation.override("en"), pytest.raises(ValidationError, match=sentence):
        mapping(**values).full_clean(exclude=["translation_key"])


@pytest.mark.usefixtures("content")
def test_each_mapping_says_who_made_it_and_when():
    add(source="SAF-053", target="MASVS-RESILIENCE-3", author="A second editor", mapped_on=date(2026, 5, 4))
    for page in ("/en/r/SAF-053/", f"/en/mappings/{MASVS}/", f"/en/mappings/{MASVS}/MASVS-RESILIENCE-3/"):
        html = read(page)
        assert "Mapped by <bdi>A second editor</bdi>, 4 May 2026." in html, page
    assert "Mapped by <bdi>Editors of the platform</bdi>, 24 November 2026." in read("/en/r/SAF-053/")


@pytest.mark.usefixtures("content")
def test_every_page_of_mappings_leads_home():
    for page in ("", f"{MASVS}/", f"{MASVS}/MASVS-AUTH-1/"):
        crumbs = re.search(r'<nav class="crumbs".*?</nav>', read(f"/fr/mappings/{page}"), re.DOTALL)[0]
        assert crumbs.count("<li>") == 2 + page.count("/") and '<li><a href="/fr/">Accueil</a></li>' in crumbs
