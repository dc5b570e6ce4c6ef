"""Authorities that open an agreement by membership."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dfs_mou import query
from dfs_mou.actions.links import NotAllowed, hash_of, is_sealed, new_token, party_of
from dfs_mou.actions.parties import MOST_PARTIES, refuse_if_frozen
from dfs_mou.exporters.directory_answers import is_named
from dfs_mou.models import AgreementParty


@transaction.atomic
def join_for_organisation(*, by: Any, token: str, at: datetime) -> AgreementParty:
    """Who holds the link and speaks for an authority opens it to all members of that authority.

    Agreeing freezes the parties: from then on only an authority that the text names can come for the party it is.
    """
    party, own = party_of(token, at, by), query.spoken_for(by)
    if own is None:
        raise NotAllowed(query.why_not_spoken_for(by) or _("Sign in as a member of the authority first."))
    if party.organisation_id not in (None, own.pk):
        raise NotAllowed(_("This party is another authority already."))
    if is_sealed(party.agreement) and not is_named(party.agreement, own):
        raise NotAllowed(_("The text that all parties agreed to doesn’t name your authority, so it can’t join now."))
    party.organisation = own
    try:
        with transaction.atomic():
            party.save(update_fields=["organisation"])
    except IntegrityError as error:
        raise NotAllowed(_("This authority is a party of the agreement already.")) from error
    return party


@transaction.atomic
def leave_organisation(*, by: Any, token: str, at: datetime) -> None:
    """From now on the link alone opens it, so only who came by the link can say so."""
    if token.startswith(query.MEMBER):
        raise NotAllowed(_("Open the agreement by its link to do this."))
    party = party_of(token, at, by)
    refuse_if_frozen(party.agreement)
    party.organisation = None
    party.save(update_fields=["organisation"])


@transaction.atomic
def invite_organisation(*, by: Any, token: str, organisation: int, at: datetime) -> AgreementParty:
    """By an authority that is known itself, so that nobody unknown sends mail to members."""
    host, own = party_of(token, at, by), query.spoken_for(by)
    if not host.is_owner or own is None or own.pk != host.organisation_id:
        raise NotAllowed(_("Only members of the authority that began this agreement can invite another authority."))
    refuse_if_frozen(host.agreement)
    chosen = next((row for row in query.invitable(host.agreement) if row.pk == organisation), None)
    if chosen is None:
        raise NotAllowed(_("This authority can't be invited by its members: send it a link."))
    if host.agreement.parties.count() >= MOST_PARTIES:
        raise NotAllowed(_("There are as many parties as an agreement can have."))
    return AgreementParty.objects.create(
        agreement=host.agreement,
        organisation=chosen,
        name=str(chosen)[:120],
        token_hash=hash_of(new_token()),  # of a link that nobody has
        invited_at=at,
    )
