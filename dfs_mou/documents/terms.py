"""When a signed MOU is reviewed, renewed or ends: counted from its own answers, by the calendar."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dfs_mou.documents.answers import Answers
from dfs_mou.documents.edition import Edition


@dataclass(frozen=True)
class Terms:
    """`None` where the MOU says nothing of it."""

    review_on: date | None
    notice_by: date | None
    expires_on: date | None


def start_of(edition: Edition, answers: Answers, signed_on: date) -> date:
    """The fixed date where the MOU has one, or else the day of the signature."""
    fixed = _value(edition, answers, "effective_date")
    if _value(edition, answers, "effective_date_mode") != "on_date" or not isinstance(fixed, str):
        return signed_on
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        return signed_on


def terms_of(edition: Edition, answers: Answers, *, starts_on: date, today: date) -> Terms:
    """The next of each date from today on; a fixed term is renewed for the same length."""
    review = _next(starts_on, _number(edition, answers, "review_period_months"), today)
    years = _number(edition, answers, "term_years")
    if _value(edition, answers, "term_type") != "fixed" or not years:
        return Terms(review, None, None)
    end = _next(starts_on, 12 * years, today)
    notice = _number(edition, answers, "termination_notice_days")
    return Terms(review, end - timedelta(days=notice) if end and notice else None, end)


def _next(start: date, months: int, today: date) -> date | None:
    if not months:
        return None
    passed = (today.year - start.year) * 12 + today.month - start.month
    count = max(1, passed // months)
    while (day := months_after(start, count * months)) and day < today:
        count += 1
    return day


def months_after(day: date, months: int) -> date | None:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _number(edition: Edition, answers: Answers, name: str) -> int:
    value = _value(edition, answers, name)
    return value if isinstance(value, int) and value > 0 else 0


def _value(edition: Edition, answers: Answers, name: str) -> Any:
    variable = edition.by_name.get(name)
    return answers.deciding(variable) if variable else None
