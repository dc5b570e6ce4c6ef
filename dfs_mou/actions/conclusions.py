"""Records that an MOU was signed, keeps its signed copies, and publishes that it exists where all parties agree."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dfs_mou import conf, query
from dfs_mou.actions.links import NotAllowed, content_hash, is_sealed, party_of
from dfs_mou.documents import pdf_gate
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.terms import start_of, terms_of
from dfs_mou.exporters.directory_answers import is_named
from dfs_mou.models import Agreement, AgreementParty, Conclusion, SignedCopy
from dfs_workflow.documents.read_apart import read_apart
from dfs_workflow.models import ContentVersion

MOST_COPIES = 6
EARLIEST = date(2000, 1, 1)


@transaction.atomic
def conclude(
    *,
    by: Any,
    token: str,
    title: str,
    language: str,
    signed_on: date,
    starts_on: date | None,
    today: date,
    at: datetime,
) -> Conclusion:
    """Only the text that all parties agreed to can have been signed."""
    party = party_of(token, at, by)
    agreement = party.agreement
    if not is_sealed(agreement):
        raise NotAllowed(_("All parties agree to the text first; then it can be recorded as signed."))
    if Conclusion.objects.filter(agreement=agreement).exists():
        raise NotAllowed(_("It is recorded as signed already."))
    if not EARLIEST <= signed_on <= today:
        raise NotAllowed(_("The day of the signature can't be in the future."))
    edition, answers = _edition_and_answers(agreement)
    starts_on = starts_on or start_of(edition, answers, signed_on)
    if not EARLIEST <= starts_on <= date(today.year + 50, 1, 1):
        raise NotAllowed(_("Give the day from which the MOU is in force."))
    row = Conclusion(
        agreement=agreement,
        title=title[:300],
        language=language,
        content_hash=content_hash(agreement),
        signed_on=signed_on,
        starts_on=starts_on,
        by_name=str(party),
        recorded_at=at,
    )
    _plan(row, edition, answers, today)
    row.save()
    _keep_longer(row, at)
    return row


def _edition_and_answers(agreement: Agreement) -> tuple[Edition, Answers]:
    return Edition.from_json(agreement.edition.content), Answers.from_json(agreement.answers)


def _plan(row: Conclusion, edition: Edition, answers: Answers, today: date) -> None:
    terms = terms_of(edition, answers, starts_on=row.starts_on, today=today)
    row.review_on, row.notice_by, row.expires_on = terms.review_on, terms.notice_by, terms.expires_on


def _keep_longer(row: Conclusion, at: datetime) -> None:
    """A concluded MOU is kept as long as it runs, and some time after."""
    ends = [day for day in (row.review_on, row.expires_on) if day]
    days = (max(ends) - at.date()).days if ends else 0
    row.agreement.expires_at = at + conf.concluded_kept_after() + conf.days(max(days, 0))
    row.agreement.save(update_fields=["expires_at"])


@transaction.atomic
def plan_again(*, by: Any, conclusion: int, today: date, at: datetime) -> Conclusion:
    """After a date has passed: the next one, and the time of the links begins again."""
    row = Conclusion.objects.select_for_update().get(pk=conclusion)
    _plan(row, *_edition_and_answers(row.agreement), today)
    row.save(update_fields=["review_on", "notice_by", "expires_on"])
    _keep_longer(row, at)
    return row


@transaction.atomic
def take_back(*, by: Any, token: str, at: datetime) -> None:
    """It was recorded by mistake: own copies and all consent go with the record. Nobody deletes another's copy."""
    party = party_of(token, at, by)
    if _of_others(party).exists():
        raise NotAllowed(_("Another party added a signed copy: once it has removed it, the record can be taken back."))
    Conclusion.objects.filter(agreement=party.agreement).delete()
    party.agreement.parties.update(consented_at=None)
    party.agreement.expires_at = at + conf.answers_expire_after()
    party.agreement.save(update_fields=["expires_at"])
    ContentVersion.bump()


def _concluded(party: AgreementParty) -> Conclusion:
    row = Conclusion.objects.filter(agreement=party.agreement).first()
    if row is None:
        raise NotAllowed(_("It is not recorded as signed."))
    return row


@transaction.atomic
def attach_copy(*, by: Any, token: str, name: str, content: bytes, at: datetime) -> SignedCopy:
    party = party_of(token, at, by)
    row = _concluded(party)
    if row.copies.count() >= MOST_COPIES:
        raise NotAllowed(_("There are as many signed copies as can be kept: remove one first."))
    read_apart(pdf_gate.check, content)
    return SignedCopy.objects.create(
        conclusion=row,
        name=name[:120],
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        party=party,
        by_name=str(party),
        added_at=at,
    )


def _of_others(party: AgreementParty) -> QuerySet[SignedCopy]:
    others = party.agreement.parties.exclude(pk=party.pk)
    return SignedCopy.objects.filter(conclusion__agreement=party.agreement, party__in=others)


@transaction.atomic
def remove_copy(*, by: Any, token: str, copy: int, at: datetime) -> None:
    party = party_of(token, at, by)
    copies = _concluded(party).copies.filter(pk=copy)
    if _of_others(party).filter(pk=copy).exists():
        raise NotAllowed(_("Another party added this copy: only that party can remove it."))
    copies.delete()


@transaction.atomic
def consent(*, by: Any, token: str, at: datetime) -> None:
    """Somebody who speaks for the authority says so: a link alone doesn't prove whose it is."""
    party = party_of(token, at, by)
    _concluded(party)
    own = query.spoken_for(by)
    if own is None or own.pk != party.organisation_id:
        why = _("Only members of the authority can agree to the register: sign in and join for it.")
        raise NotAllowed(query.why_not_spoken_for(by) or why)
    if not is_named(party.agreement, own):
        raise NotAllowed(_("The register names only authorities of the text, and it doesn’t name yours."))
    _set_consent(party, at)


@transaction.atomic
def withdraw_consent(*, by: Any, token: str, at: datetime) -> None:
    """Whoever opens the agreement as this party can; the entry is gone at once."""
    _set_consent(party_of(token, at, by), None)


def _set_consent(party: AgreementParty, at: datetime | None) -> None:
    party.consented_at = at
    party.save(update_fields=["consented_at"])
    ContentVersion.bump()  # what the site keeps of the register is stale now


@transaction.atomic
def set_reminder(*, by: Any, token: str, email: str, language: str, at: datetime) -> None:
    party = party_of(token, at, by)
    party.reminder_email, party.reminder_language = email, language if email else ""
    party.save(update_fields=["reminder_email", "reminder_language"])


@transaction.atomic
def note_reminded(*, by: Any, conclusion: int, what: str) -> bool:
    """False where it was said before, so that nobody is told twice."""
    row = Conclusion.objects.select_for_update().get(pk=conclusion)
    if what in row.reminded:
        return False
    row.reminded = [*row.reminded[-20:], what]
    row.save(update_fields=["reminded"])
    return True
