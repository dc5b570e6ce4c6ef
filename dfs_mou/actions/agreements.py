"""Saves, restores, copies and deletes agreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dfs_mou import conf
from dfs_mou.actions.links import NoSuchLink, NotAllowed, hash_of, new_token, party_of, refuse_if_sealed
from dfs_mou.documents.merging import Conflict, flat, folded, merge
from dfs_mou.models import Agreement, AgreementParty, AgreementVersion, DeletedAgreement, TemplateEdition

MOST_VERSIONS = 200
OF_A_PAIR = ("country_", "telecom_regulator_", "central_bank_", "contacts_")  # how names of answers about a pair begin


@dataclass(frozen=True)
class Saved:
    """`conflicts`: nothing was saved, for somebody else had changed the same answers; `answers` has all the rest."""

    token: str
    number: int
    answers: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()
    by_name: str = ""


@transaction.atomic
def save_agreement(
    *,
    by: Any,
    edition: TemplateEdition,
    languages: Sequence[str],
    answers: dict[str, Any],
    keep: Sequence[str] | None,
    at: datetime,
    token: str | None = None,
    base: int | None = None,
) -> Saved:
    """Save answers under a new link, or again under the link they came from. `base`: the version they started from."""
    values = {"edition": edition, "languages": list(languages), "keep": None if keep is None else sorted(keep)}
    try:
        party = party_of(token, at, by) if token else None
    except NoSuchLink:
        party = None
    if party is None or token is None:
        return _created(values | {"answers": answers}, at)
    agreement = party.agreement
    refuse_if_sealed(agreement)
    newest = agreement.versions.last()
    started = agreement.versions.filter(number=base).first() or newest
    if newest and started:
        merged = merge(started.answers, newest.answers, answers)
        if merged.conflicts:
            return Saved(token, newest.number, merged.answers, merged.conflicts, newest.by_name)
        answers = merged.answers
        if values["keep"] == started.keep:  # only somebody else chose clauses meanwhile
            values["keep"] = newest.keep
    number = _write(agreement, values | {"answers": answers}, by_name=party.name, at=at)
    return Saved(token, number, answers)


def _created(values: dict[str, Any], at: datetime) -> Saved:
    token = new_token()
    times = {"created_at": at, "saved_at": at, "expires_at": at + conf.answers_expire_after()}
    agreement = Agreement.objects.create(token_hash=hash_of(token), **values, **times)
    AgreementParty.objects.create(agreement=agreement, token_hash=agreement.token_hash, is_owner=True, invited_at=at)
    return Saved(token, _version(agreement, "", at), values["answers"])


def _write(agreement: Agreement, values: dict[str, Any], *, by_name: str, at: datetime) -> int:
    """Saving renews the time of the link; a version is kept where something changed."""
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.saved_at, agreement.expires_at = at, at + conf.answers_expire_after()
    agreement.save()
    return _version(agreement, by_name, at)


def _version(agreement: Agreement, by_name: str, at: datetime) -> int:
    kept = ("languages", "answers", "keep", "wording")
    values = {name: getattr(agreement, name) for name in kept}
    newest = agreement.versions.last()
    if newest and all(getattr(newest, name) == value for name, value in values.items()):
        return newest.number
    number = newest.number + 1 if newest else 1
    AgreementVersion.objects.create(agreement=agreement, number=number, by_name=by_name, saved_at=at, **values)
    agreement.versions.filter(number__lte=number - MOST_VERSIONS).delete()
    return number


def keep_wording(agreement: Agreement, wording: dict[str, Any], *, by_name: str, at: datetime) -> None:
    _write(agreement, {"wording": wording}, by_name=by_name, at=at)


@transaction.atomic
def adopt_edition(*, by: Any, token: str, edition: TemplateEdition, wording: dict[str, Any], at: datetime) -> None:
    """Go on with a newer edition; `wording` keeps what the parties did not take over."""
    party = party_of(token, at, by)
    refuse_if_sealed(party.agreement)
    _write(party.agreement, {"edition": edition, "wording": wording}, by_name=party.name, at=at)


@transaction.atomic
def restore_version(*, by: Any, token: str, number: int, at: datetime) -> int:
    """Undo: an earlier version becomes the newest; the ones between stay."""
    party = party_of(token, at, by)
    refuse_if_sealed(party.agreement)
    version = party.agreement.versions.filter(number=number).first()
    if version is None:
        raise NotAllowed(_("There is no such version."))
    values = {name: getattr(version, name) for name in ("languages", "answers", "keep", "wording")}
    return _write(party.agreement, values, by_name=party.name, at=at)


@transaction.atomic
def duplicate_agreement(*, by: Any, token: str, at: datetime) -> str:
    """A new agreement for another pair: everything but what belongs to this one. Returns its token."""
    source = party_of(token, at, by).agreement
    rows = {place: value for place, value in flat(source.answers).items() if not place[1].startswith(OF_A_PAIR)}
    values = {"edition": source.edition, "languages": source.languages, "keep": source.keep, "wording": source.wording}
    return _created(values | {"answers": folded(rows)}, at).token


@transaction.atomic
def delete_agreement(*, by: Any, token: str, at: datetime) -> bool:
    """At once and with everything that belongs to it; only its owner's link does it."""
    try:
        party = party_of(token, at, by)
    except NoSuchLink:
        return False
    if not party.is_owner:
        raise NotAllowed(_("Only who began this agreement can delete it."))
    _bury([party.agreement], DeletedAgreement.Reason.DELETED, at)
    return True


@transaction.atomic
def delete_expired_agreements(*, by: Any, at: datetime) -> int:
    expired = list(Agreement.objects.expired(at))
    _bury(expired, DeletedAgreement.Reason.EXPIRED, at)
    return len(expired)


def _bury(agreements: Sequence[Agreement], reason: str, at: datetime) -> None:
    for agreement in agreements:
        DeletedAgreement.objects.create(created_at=agreement.created_at, deleted_at=at, reason=reason)
        agreement.delete()
