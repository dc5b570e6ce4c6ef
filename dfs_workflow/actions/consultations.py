"""Consultations: opened, answered, decided line by line, closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from dfs_workflow import conf, permissions
from dfs_workflow.actions.history import record
from dfs_workflow.comments.wording import plain
from dfs_workflow.consultations import visible
from dfs_workflow.consultations.matching import Matcher, is_whole
from dfs_workflow.documents.comment_form import Line
from dfs_workflow.documents.comment_table import tidy
from dfs_workflow.models import (
    Capability,
    Consultation,
    ConsultationAnswer,
    ConsultationClause,
    ConsultationRefused,
    Edition,
    Membership,
    Organisation,
    PermanentReference,
)
from dfs_workflow.models.membership import name_of
from dfs_workflow.stewardship import holders

Kind = ConsultationAnswer.Kind
MOST_ANSWERS = 1000  # of one organisation, as in one file
KINDS = {"g": Kind.GENERAL, "t": Kind.TECHNICAL, "e": Kind.EDITORIAL}


@dataclass(frozen=True)
class Landed:
    added: int
    known: int
    unmatched: int


def require_manager(user: Any) -> None:
    if not visible.can_manage(user):
        raise permissions.NotAllowed(_("Only those who manage consultations do this."))


@transaction.atomic
def open_consultation(
    *,
    by: Any,
    page: Page,
    title: str,
    at: datetime,
    closes_on: date | None = None,
    edition: Edition | None = None,
    previous: Consultation | None = None,
) -> Consultation:
    """Four weeks; three for a second round."""
    require_manager(by)
    rows = statements_below(page)
    if not rows:
        raise ConsultationRefused(
            _("No published statement stands there. Choose a chapter, a catalogue or a template.")
        )
    weeks = conf.consultation_weeks(second_round=previous is not None)
    last_day = closes_on or timezone.localdate(at) + timedelta(weeks=weeks)
    if last_day <= timezone.localdate(at):
        raise ConsultationRefused(_("The last day is already over: choose a later one."))
    found = Consultation.objects.create(
        title=" ".join(plain(title).split())[:200] or page.title,
        translation_key=page.translation_key,
        edition=edition,
        previous=previous,
        opened_at=at,
        opened_by=by,
        closes_on=last_day,
    )
    ConsultationClause.objects.bulk_create(
        ConsultationClause(consultation=found, position=number, reference=reference, title=name[:255])
        for number, (reference, name) in enumerate(rows, 1)
    )
    record(action="consultation.opened", by=by, at=at, page=page, details={"title": found.title})
    return found


def statements_below(page: Page) -> list[tuple[str, str]]:
    """Reference and title of what is live there and as open as the page itself, in the order of the tree."""
    rows = Page.objects.descendant_of(page, inclusive=True).filter(live=True).order_by("path")
    for path in PageViewRestriction.objects.exclude(page=page).values_list("page__path", flat=True):
        if path.startswith(page.path):
            rows = rows.exclude(path__startswith=path)
    named = list(rows.values_list("translation_key", "title"))
    references = dict(
        PermanentReference.objects.filter(translation_key__in=[key for key, _title in named]).values_list(
            "translation_key", "reference"
        )
    )
    return [(references[key], title) for key, title in named if key in references]


@transaction.atomic
def answer_consultation(
    *, by: Any, consultation: Consultation, lines: Iterable[Line], at: datetime, passed: Collection[int] = ()
) -> Landed:
    """Adds what isn't there yet, so that the same form may come again. Who manages it brings the lines of others."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    membership = answering(by, consultation, at, passed)
    matcher = Matcher(consultation.clauses.all())
    own = ConsultationAnswer.objects.filter(consultation=consultation).select_related("clause")
    if membership:
        own = own.filter(organisation=membership.organisation)
    known = {fingerprint(row) for row in own}
    last = consultation.answers.aggregate(last=Max("number"))["last"] or 0
    added: list[ConsultationAnswer] = []
    same = 0
    for line in lines:
        row = made(line, consultation, matcher, membership)
        if fingerprint(row) in known:
            same += 1
            continue
        known.add(fingerprint(row))
        row.number, row.by, row.at = last + len(added) + 1, by, at
        added.append(row)
    if membership and own.count() + len(added) > MOST_ANSWERS:
        sentence = _("An organisation has at most %(count)d answers in one consultation: leave some out.")
        raise ConsultationRefused(sentence % {"count": MOST_ANSWERS})
    ConsultationAnswer.objects.bulk_create(added)
    return Landed(len(added), same, sum(row.is_unmatched for row in added))


def answering(by: Any, consultation: Consultation, at: datetime, passed: Collection[int]) -> Membership | None:
    """For whom this person answers; nobody in particular where they manage it."""
    if not visible.consultations_for(by, passed).filter(pk=consultation.pk).exists():
        raise permissions.NotAllowed(_("There is no such consultation, or you may not see it."))
    if consultation.is_closed:
        raise ConsultationRefused(_("This consultation is closed."))
    if visible.can_manage(by):
        return None
    permissions.require(by, Capability.ANSWER_CONSULTATION)
    if consultation.is_over(at):
        raise ConsultationRefused(_("The time for answers is over. Write to those who manage the consultation."))
    return permissions.membership_of(by)


def made(line: Line, consultation: Consultation, matcher: Matcher, membership: Membership | None) -> ConsultationAnswer:
    clause = matcher.find(line.clause)
    text = "" if clause or is_whole(line.clause) else tidy(line.clause)[:200]
    return ConsultationAnswer(
        consultation=consultation,
        organisation=membership.organisation if membership else None,
        member=member_label(membership.organisation) if membership else tidy(line.member)[:120],
        clause=clause,
        clause_text=text,
        kind=KINDS.get(line.kind.strip().casefold()[:1], Kind.GENERAL),
        comment=tidy(plain(line.comment)),
        proposed_change=tidy(plain(line.change)),
    )


def member_label(organisation: Organisation) -> str:
    codes = list(organisation.countries.values_list("code", flat=True)[:2])
    name = organisation.acronym or organisation.name
    return f"{codes[0]} {name}"[:120] if len(codes) == 1 else name[:120]


def fingerprint(row: ConsultationAnswer) -> tuple[Any, ...]:
    return (row.member, row.clause_name, row.kind, row.comment, row.proposed_change)


@transaction.atomic
def place_answer(*, by: Any, answer: ConsultationAnswer, clause: ConsultationClause | None) -> None:
    """From the list of those that matched no clause to where it belongs, or to the whole."""
    require_own(by, answer)
    answer.clause, answer.clause_text = clause, ""
    answer.save()


@transaction.atomic
def take_back_answer(*, by: Any, answer: ConsultationAnswer, at: datetime) -> None:
    require_own(by, answer)
    if answer.consultation.is_over(at):
        raise ConsultationRefused(_("The time for answers is over. Write to those who manage the consultation."))
    answer.delete()


def require_own(by: Any, answer: ConsultationAnswer) -> None:
    if answer.consultation.is_closed:
        raise ConsultationRefused(_("This consultation is closed."))
    if visible.can_manage(by):
        return
    permissions.require(by, Capability.ANSWER_CONSULTATION)
    membership = permissions.membership_of(by)
    if membership is None or membership.organisation_id != answer.organisation_id:
        raise permissions.NotAllowed(_("There is no such answer, or you may not see it."))


@transaction.atomic
def close_consultation(*, by: Any, consultation: Consultation, at: datetime, passed: Collection[int] = ()) -> None:
    """Refused while its time runs, or while one answer lacks its disposition."""
    require_manager(by)
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if row.is_closed:
        raise ConsultationRefused(_("This consultation is closed."))
    if not row.is_over(at):
        raise ConsultationRefused(_("Its time is not over yet: members were told a later day."))
    missing = row.answers.filter(disposition=None).count()
    if missing:
        sentence = _("Answers without a disposition: %(count)d. Decide about each of them first.")
        said = [sentence % {"count": missing}, out_of_sight(row, by, passed)]
        raise ConsultationRefused(" ".join(filter(None, said)))
    row.closed_at, row.closed_by = at, by
    row.save()
    record(action="consultation.closed", by=by, at=at, details={"title": row.title})


def out_of_sight(consultation: Consultation, by: Any, passed: Collection[int] = ()) -> str:
    """What keeps it from being closed and who can decide about it, where this manager may not read it."""
    count = visible.undecided_out_of_sight(consultation, by, passed).count()
    if not count:
        return ""
    managers = holders("manage_consultations")
    able = [name_of(user) for user in managers if not visible.undecided_out_of_sight(consultation, user).exists()]
    if able:
        sentence = _(
            "Without a disposition on clauses whose page is closed to you: %(count)d. "
            "Who can decide about them: %(people)s."
        )
    else:
        sentence = _(
            "Without a disposition on clauses whose page is closed to you: %(count)d. Nobody who manages consultations "
            "may read all of them: ask for a change of who may read these pages."
        )
    return sentence % {"count": count, "people": ", ".join(able)}
