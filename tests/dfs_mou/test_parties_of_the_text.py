"""The parties are frozen with the text: only authorities that it names come for a party, and into the register."""

import pytest
from django.utils import timezone

from dfs_mou import query
from dfs_mou.exporters.directory_answers import is_named
from dfs_mou.models import Agreement, AgreementParty
from tests.dfs_mou.agreed import URL, Hand, agreement, seal, signed_in, signed_pair
from tests.dfs_mou.form import Form, text_of
from tests.dfs_workflow.people import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(edition):
    return agreement(edition)


@pytest.fixture
def pair(edition, directory):
    return signed_pair(edition, directory)


def test_only_an_authority_that_the_signed_text_names_joins_it_and_none_leaves(pair, directory):
    owner, guest = pair
    stranger = Hand(guest.token, signed_in(member("awa", directory["artp"])))
    assert "Open it to all members" not in text_of(stranger.room())
    assert "doesn’t name your authority" in text_of(stranger.press("join"))
    assert AgreementParty.objects.filter(organisation=None).count() == 2
    for hand in pair:
        assert "Open it to all members" in text_of(hand.room())
        assert hand.press("join").status_code == 302
        assert hand.press("consent").status_code == 302
        assert "Only by the link again" not in text_of(hand.room())
        assert hand.press("leave").status_code == 403
    assert query.register().count() == 1


def test_who_joined_before_and_stands_in_no_text_is_never_in_the_register(hands, directory):
    """Whoever holds a link joins to work on a draft; the register tells what was signed."""
    guest = Hand(hands[1].token, signed_in(member("awa", directory["artp"])))
    assert guest.press("join").status_code == 302
    assert "(ARTP)" in text_of(hands[0].room())
    seal(*hands)
    assert guest.press("leave").status_code == 409
    hands[0].press("sign", signed_on=timezone.localdate().isoformat())
    page = text_of(guest.room())
    assert "I agree to the register" not in page
    assert "only authorities of the text" in page
    assert guest.press("consent").status_code == 403


def test_an_authority_chosen_from_the_directory_is_known_by_its_acronym_where_its_name_was_corrected(hands, directory):
    agreement, ncc = Agreement.objects.get(), directory["ncc"]
    agreement.answers["values"]["en"]["telecom_regulator_acronym"] = "NCC"
    assert not is_named(agreement, ncc)
    agreement.answers["parties"]["regulator"] = str(ncc.pk)
    assert is_named(agreement, ncc)
    agreement.answers["values"]["en"]["telecom_regulator_acronym"] = "CCK"
    assert not is_named(agreement, ncc)


def test_nobody_alone_takes_the_draft_mark_off_an_agreement_of_two(hands):
    def preview():
        return Form(owner.client, owner.client.get(f"{URL}resume/{owner.token}/")).press("preview.en")

    owner = hands[0]
    seal(owner)
    page = preview()
    assert 'value="final.en"' not in page.html and f"/agreement/{owner.token}/" in page.html
    marked = page.press("final.en")
    assert "DRAFT" in marked.text
    for name in ("md", "html"):
        assert "DRAFT" in marked.press(f"download.{name}.en").response.content.decode()
    owner.press(f"remove.{AgreementParty.objects.get(is_owner=False).pk}")
    alone = preview().press("final.en")
    assert "DRAFT" not in alone.press("download.md.en").response.content.decode()
