"""Two people choose languages, clauses and authorities of one agreement at once: nothing is taken back in silence."""

import pytest

from dfs_mou.models import Agreement
from tests.dfs_mou.form import Form

pytestmark = pytest.mark.django_db
URL = "/en/mou-builder/"
HOLD = "a..sim_swap_hold_hours"


@pytest.fixture
def opened(client, edition, directory):
    """Opens the agreement of a pair in Nigeria, each time as a page of its own."""
    first = Form(client, client.get(URL)).press("country", country="NG")
    link = first.press("save").response["Location"]
    return lambda: Form(client, client.get(link))


def chosen():
    row = Agreement.objects.get()
    return row.languages, row.answers["parties"]["country"]


@pytest.mark.parametrize("way", ["autosave", "save"])
def test_a_page_of_before_takes_neither_languages_nor_the_pair_back(opened, directory, way):
    stale = opened().press("security")
    assert opened().press("save", language=["en", "fr"]).status == 302
    assert opened().press("save", country="SN").status == 302
    assert chosen() == (["en", "fr"], "SN")
    done = stale.press(way, **{HOLD: "48"})
    assert done.status in (200, 302)
    assert chosen() == (["en", "fr"], "SN")
    row = Agreement.objects.get()
    assert row.answers["common"]["sim_swap_hold_hours"] == 48
    assert row.answers["values"]["fr"]["country_name"] == "Sénégal"
    if way == "autosave":
        data = done.response.json()
        assert "Parties and languages" in data["said"]
        stale.press("autosave", state=data["state"], **{HOLD: "72"})
        assert chosen() == (["en", "fr"], "SN")


def test_the_first_step_of_before_says_so_and_goes_on_from_what_it_was_made_from(opened):
    stale = opened()
    opened().press("save", language=["en", "fr"], country="SN")
    data = stale.press("autosave").response.json()
    assert data["stop"] and "Open this page again" in data["said"]
    assert stale.press("save", state=data["state"]).status == 302
    assert chosen() == (["en", "fr"], "SN")


def test_two_pairs_at_once_are_a_conflict_and_show_both(opened):
    stale = opened()
    opened().press("save", country="SN")
    done = stale.press("save", country="BJ")
    assert done.status == 409
    assert "There now: Senegal" in done.text and "Yours: Benin" in done.text
    assert chosen()[1] == "SN"
    assert done.press("save").status == 302
    assert chosen()[1] == "BJ"


def test_languages_that_each_added_are_both_there_and_leaving_out_all_is_a_conflict(opened):
    stale = opened()
    opened().press("save", language=["en", "fr"])
    one, other = opened(), opened()
    assert stale.press("save", language=["en"]).status == 302
    assert chosen()[0] == ["en", "fr"]
    one.press("save", language=["fr"])
    done = other.press("save", language=["en"])
    assert done.status == 409 and "There now:" in done.text
    assert chosen()[0] == ["fr"]


def test_clauses_that_two_left_out_at_once_are_both_left_out(opened):
    one, other = opened().press("clauses"), opened().press("clauses")
    first, second = one.data()["keep"][:2]
    for page, key in ((one, first), (other, second)):
        assert page.press("save", keep=[row for row in page.data()["keep"] if row != key]).status == 302
    assert not {first, second} & {*Agreement.objects.get().keep}
