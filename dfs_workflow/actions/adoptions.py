"""The register of adoptions: recorded by members, published and taken out by their focal point."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from dfs_workflow import permissions
from dfs_workflow.actions.history import record
from dfs_workflow.comments import visible
from dfs_workflow.conf import source_language
from dfs_workflow.models import Adoption, Capability, PeopleRefused
from dfs_workflow.models.one_person import why_not_in_its_name


@transaction.atomic
def record_adoption(
    *,
    by: Any,
    page: Page,
    state: str,
    at: datetime,
    instrument: str = "",
    link: str = "",
    date: date | None = None,
    passed: Collection[int] = (),
) -> Adoption:
    """What changes is approved anew; what is public stays so until then."""
    permissions.require(by, Capability.RECORD_ADOPTION)
    membership = permissions.membership_of(by)
    if membership is None or not visible.translations_to_read(page.translation_key, by, passed):
        raise permissions.NotAllowed(_("There is no such page, or you may not read it."))
    known = {"translation_key": page.translation_key, "organisation": membership.organisation}
    row = Adoption.objects.filter(**known, approved_at=None).first() or Adoption(**known)
    row.state, row.instrument, row.link, row.date = state, " ".join(instrument.split()), link, date
    row.recorded_by, row.recorded_at = by, at
    try:
        row.full_clean(exclude=["recorded_by", "approved_by", "approved_at"])
    except ValidationError as error:
        raise PeopleRefused(" ".join(error.messages)) from error
    row.save()
    return row


@transaction.atomic
def approve_adoption(*, by: Any, adoption: Adoption, at: datetime, seen: datetime | None = None) -> None:
    """In the name of the organisation: by a focal point of it, not by stewards. `seen`: when what they read was
    recorded."""
    if not speaks_for(by, adoption):
        raise permissions.NotAllowed(_("Only a focal point of the organisation publishes this."))
    permissions.require(by, Capability.RECORD_ADOPTION)
    if why := why_not_in_its_name(permissions.membership_of(by)):
        raise PeopleRefused(why)
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if seen is not None and seen != adoption.recorded_at:
        raise PeopleRefused(_("This line was changed meanwhile: look at it again, then publish it."))
    known = {"translation_key": adoption.translation_key, "organisation": adoption.organisation}
    Adoption.objects.filter(**known).exclude(pk=adoption.pk).delete()  # what it replaces
    adoption.approved_by, adoption.approved_at = by, at
    adoption.save()
    record(action="adoption.published", by=by, at=at, organisation=adoption.organisation, **subject_of(adoption))


@transaction.atomic
def withdraw_adoption(*, by: Any, adoption: Adoption, at: datetime) -> None:
    """What waits by any member who may record it, what is public as it was published: by a focal point."""
    permissions.require(by, Capability.RECORD_ADOPTION)
    membership = permissions.membership_of(by)
    if membership is None or membership.organisation_id != adoption.organisation_id:
        raise permissions.NotAllowed(_("Only your own organisation takes this out."))
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if adoption.approved_at:
        if not membership.is_focal_point:
            raise permissions.NotAllowed(_("Only a focal point of the organisation takes out what is public."))
        record(action="adoption.withdrawn", by=by, at=at, organisation=adoption.organisation, **subject_of(adoption))
    adoption.delete()


def speaks_for(user: Any, adoption: Adoption) -> bool:
    membership = permissions.membership_of(user)
    is_own = membership is not None and membership.organisation_id == adoption.organisation_id
    return is_own and membership is not None and membership.is_focal_point


def subject_of(adoption: Adoption) -> dict[str, Any]:
    """For the history: which statement, and what was said of it."""
    rows = Page.objects.filter(translation_key=adoption.translation_key, locale__language_code=source_language())
    page = rows.specific().first()
    title = page.get_admin_display_title() if page else ""
    return {"page": page, "details": {"title": title, "reason": f"{adoption.state} {adoption.instrument}".strip()}}
