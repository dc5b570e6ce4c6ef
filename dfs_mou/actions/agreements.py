"""Saves, restores, copies and deletes agreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dfs_mou import conf
from dfs_mou.actions.erasing import empty_log
from dfs_mou.actions.links import NoSuchLink, NotAllowed, hash_of, new_token, party_of, refuse_if_sealed
from dfs_mou.documents.conditions import kept_by_default
from dfs_mou.documents.merging import Conflict, flat, folded, merge, merge_choice, usual_answers
from dfs_mou.documents.wording import Wording
from dfs_mou.exporters.editions import edition_of
from dfs_mou.exporters.files import made_files
from dfs_mou.models import Agreement, AgreementParty, AgreementVersion, DeletedAgreement, FilePack, TemplateEdition

MOST_VERSIONS = 200
UNTOUCHED = timedelta(hours=1)  # longer than anybody types with a version of before
TERMS = ("choice", "boolean", "integer")
KEPT = ("edition_id", "languages", "answers", "keep", "wording")
OF_A_PAIR = (
    "country_",
    "telecom_regulator_",
    "central_bank_",
    "third_authority_",
    "contacts_",
)  # how names of answers about a pair begin


@dataclass(frozen=True)
class Saved:
    """`conflicts`: nothing was saved, for somebody else had changed the same answers; `answers` has all the rest."""

    token: str
    number: int
    answers: dict[str, Any]
    languages: Sequence[str]
    keep: Sequence[str] | None
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
    renew: bool = True,
) -> Saved:
    """Save answers under a new link, or again under the link they came from. `base`: the version they started from.

    `renew`: where that link has ended, begin a new one.
    """
    kept = None if keep is None else sorted(keep)
    values: dict[str, Any] = {"languages": list(languages), "answers": answers, "keep": kept}
    try:
        party = party_of(token, at, by) if token else None
    except NoSuchLink:
        if not renew:
            raise
        party = None
    if party is None or token is None:
        return _created(values | {"edition": edition}, at)
    agreement = party.agreement
    refuse_if_sealed(agreement)
    newest = agreement.versions.last()
    if newest:
        started = agreement.versions.filter(number=base).first() if base else newest
        values, conflicts = _with_others(values, newest, started, edition)
        if conflicts:
            return Saved(token, newest.number, **values, conflicts=conflicts, by_name=newest.by_name)
    return Saved(token, write_version(agreement, values, party=party, at=at), **values)


def _with_others(
    mine: dict[str, Any], newest: AgreementVersion, started: AgreementVersion | None, edition: TemplateEdition
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """With what others saved since. `started`: None where it was too long ago, and whatever differs is shown."""
    found = merge_choice(started.languages if started else (), newest.languages, mine["languages"])
    languages = [code for code in edition.languages if code in found]
    usual = usual_answers(edition.content, tuple(languages))
    merged = merge(started.answers if started else {}, newest.answers, mine["answers"], usual)
    conflicts = merged.conflicts
    if not languages:  # each left out what the other kept
        languages = mine["languages"]
        conflicts = (*conflicts, Conflict("", "languages", newest.languages, languages))
    keep = _kept(mine["keep"], newest, started, edition)
    return {"languages": languages, "answers": merged.answers, "keep": keep}, conflicts


def _kept(
    mine: list[str] | None, newest: AgreementVersion, started: AgreementVersion | None, edition: TemplateEdition
) -> list[str] | None:
    if started and mine == started.keep:  # only somebody else chose clauses meanwhile
        return newest.keep
    if mine == newest.keep or (started and started.keep == newest.keep):
        return mine
    usual = kept_by_default(edition_of(edition.pk, edition.sha256)[1])
    theirs, own = (usual if keep is None else keep for keep in (newest.keep, mine))
    before = () if started is None else usual if started.keep is None else started.keep
    return sorted(merge_choice(before, theirs, own))


def _created(values: dict[str, Any], at: datetime) -> Saved:
    token = new_token()
    times = {"created_at": at, "saved_at": at, "expires_at": at + conf.answers_expire_after()}
    agreement = Agreement.objects.create(token_hash=hash_of(token), **values, **times)
    owner = AgreementParty(agreement=agreement, token_hash=agreement.token_hash, is_owner=True, invited_at=at)
    owner.save()
    number = _version(agreement, owner, at)
    return Saved(token, number, values["answers"], languages=values["languages"], keep=values["keep"])


def write_version(
    agreement: Agreement, values: dict[str, Any], *, party: AgreementParty, at: datetime, undoes: int | None = None
) -> int:
    """Saving renews the time of the link; a version is kept where something changed."""
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.saved_at, agreement.expires_at = at, at + conf.answers_expire_after()
    agreement.save()
    return _version(agreement, party, at, undoes)


def _version(agreement: Agreement, party: AgreementParty, at: datetime, undoes: int | None = None) -> int:
    values = {name: getattr(agreement, name) for name in KEPT}
    newest = agreement.versions.last()
    if newest and all(getattr(newest, name) == value for name, value in values.items()):
        return newest.number
    number = newest.number + 1 if newest else 1
    author = {"by_party": party, "by_name": party.name, "saved_at": at, "undoes": undoes}
    AgreementVersion.objects.create(agreement=agreement, number=number, **author, **values)
    if agreement.versions.count() > MOST_VERSIONS:
        _thin(agreement, at)
    return number


def _thin(agreement: Agreement, at: datetime) -> None:
    """Of changes that one author made after each other, the last of some time ago says who answered what; then the
    oldest go."""
    rows = list(agreement.versions.values_list("pk", "by_party", "by_name", "saved_at"))
    passed = [
        row[0]
        for row, following in pairwise(rows)
        if row[1:3] == following[1:3] and following[3] < at - UNTOUCHED and following[3] - row[3] < UNTOUCHED
    ]
    agreement.versions.filter(pk__in=passed).delete()
    left = list(agreement.versions.values_list("pk", flat=True))
    agreement.versions.filter(pk__in=left[:-MOST_VERSIONS]).delete()


def keep_wording(agreement: Agreement, wording: dict[str, Any], *, party: AgreementParty, at: datetime) -> None:
    write_version(agreement, {"wording": wording}, party=party, at=at)


@transaction.atomic
def adopt_edition(*, by: Any, token: str, edition: TemplateEdition, wording: dict[str, Any], at: datetime) -> None:
    """Go on with a newer edition; `wording` keeps what the parties did not take over."""
    party = party_of(token, at, by)
    refuse_if_sealed(party.agreement)
    write_version(party.agreement, {"edition": edition, "wording": wording}, party=party, at=at)


@transaction.atomic
def restore_version(*, by: Any, token: str, number: int, at: datetime) -> int:
    """An earlier version becomes the newest, in the edition it was made with; the ones between stay."""
    party = party_of(token, at, by)
    refuse_if_sealed(party.agreement)
    version = party.agreement.versions.filter(number=number).first()
    if version is None:
        raise NotAllowed(_("There is no such version."))
    values = {name: getattr(version, name) for name in KEPT}
    values["edition_id"] = version.edition_id or party.agreement.edition_id
    return write_version(party.agreement, values, party=party, at=at)


@transaction.atomic
def duplicate_agreement(*, by: Any, token: str, at: datetime) -> str:
    """A new agreement for another pair: everything but what belongs to this one. Returns its token.

    Terms go along: numbers, choices, yes and no. What was written belongs to the pair, its laws and references as well
    as its names; so does agreed wording that repeats some of it.
    """
    source = party_of(token, at, by).agreement
    answers = flat(source.answers)
    terms = {row["name"] for row in source.edition.content["variables"] if row["type"] in TERMS}
    rows = {place: value for place, value in answers.items() if place[1] in terms and not is_of_a_pair(place[1])}
    written = [text for place, value in answers.items() if place not in rows for text in texts_in(value)]
    names = [*written, *source.parties.exclude(name="").values_list("name", flat=True)]
    wording = Wording.from_json(source.wording).without(names).to_json()
    values = {"edition": source.edition, "languages": source.languages, "keep": source.keep, "wording": wording}
    return _created(values | {"answers": folded(rows)}, at).token


def is_of_a_pair(name: str) -> bool:
    return name.startswith(OF_A_PAIR)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for part in value for text in texts_in(part))
    elif isinstance(value, dict):
        yield from texts_in(list(value.values()))


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
    FilePack.objects.old(at).delete()
    expired = list(Agreement.objects.expired(at))
    _bury(expired, DeletedAgreement.Reason.EXPIRED, at)
    return len(expired)


def _bury(agreements: Sequence[Agreement], reason: str, at: datetime) -> None:
    for agreement in agreements:
        DeletedAgreement.objects.create(created_at=agreement.created_at, deleted_at=at, reason=reason)
        agreement.delete()
    transaction.on_commit(made_files.clear)
    transaction.on_commit(empty_log)
