"""Who works on an agreement, and what they agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dfs_mou.actions.links import NotAllowed, content_hash, hash_of, new_token, party_of, refuse_if_sealed
from dfs_mou.documents.wording import ADDED, Wording
from dfs_mou.models import Agreement, AgreementParty, Conclusion

MOST_PARTIES = 20


@transaction.atomic
def invite_party(*, by: Any, token: str, name: str, at: datetime) -> str:
    """The token of a new link, shown once: only its hash is kept."""
    host = party_of(token, at, by)
    if not host.is_owner:
        raise NotAllowed(_("Only who began this agreement can invite."))
    refuse_if_frozen(host.agreement)
    if host.agreement.parties.count() >= MOST_PARTIES:
        raise NotAllowed(_("There are as many parties as an agreement can have."))
    fresh = new_token()
    AgreementParty.objects.create(agreement=host.agreement, name=name, token_hash=hash_of(fresh), invited_at=at)
    return fresh


@transaction.atomic
def name_party(*, by: Any, token: str, name: str, at: datetime) -> None:
    """Who agreed stands under the text as they were called then; a party without a name may still give it."""
    party = party_of(token, at, by)
    if party.name:
        refuse_if_sealed(party.agreement)
    party.name = name
    party.save(update_fields=["name"])


@transaction.atomic
def remove_party(*, by: Any, token: str, party: int, at: datetime) -> None:
    """The link of that party leads nowhere from now on; what they wrote stays with their name."""
    host = party_of(token, at, by)
    if not host.is_owner:
        raise NotAllowed(_("Only who began this agreement can withdraw an invitation."))
    refuse_if_frozen(host.agreement)
    host.agreement.parties.filter(pk=party, is_owner=False).delete()


@transaction.atomic
def agree(*, by: Any, token: str, seen: str, at: datetime) -> None:
    """`seen`: the hash of what was on the screen; a text that changed meanwhile is not agreed to."""
    party = party_of(token, at, by)
    if content_hash(party.agreement) != seen:
        raise NotAllowed(_("The agreement has changed since: read it again."))
    if party.agreement.proposals.filter(status="open").exclude(kind="comment").exists():
        raise NotAllowed(_("There are open proposals: decide them first."))
    if lacks_a_text(party.agreement):
        raise NotAllowed(_("A clause that was added has no text in one of the languages: propose it there first."))
    party.agreed_hash, party.agreed_at = seen, at
    party.save(update_fields=["agreed_hash", "agreed_at"])


def lacks_a_text(agreement: Agreement) -> bool:
    uneven = Wording.from_json(agreement.wording).uneven(agreement.languages)
    return any(key.startswith(ADDED) for key in uneven)


@transaction.atomic
def reopen(*, by: Any, token: str, at: datetime) -> None:
    """Any party can: nobody is held to a text they no longer want before they sign."""
    agreement = party_of(token, at, by).agreement
    refuse_if_concluded(agreement)
    agreement.parties.update(agreed_hash="", agreed_at=None)


def refuse_if_frozen(agreement: Agreement) -> None:
    """Agreeing freezes who agreed, too: with a party less or more it would be another agreement."""
    refuse_if_concluded(agreement)
    refuse_if_sealed(agreement)


def refuse_if_concluded(agreement: Agreement) -> None:
    if Conclusion.objects.filter(agreement=agreement).exists():
        raise NotAllowed(_("It is recorded as signed: take that record back first."))
