"""Who counts as one person: an account, and who let it in while nobody else has confirmed that membership.

Else somebody who admits people could admit a second account of their own, and be two people.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dfs_workflow.models.membership import Membership

OWN_WORK = _("You wrote part of this version; somebody else has to decide.")
ONE_PERSON = _(
    "Who wrote this let you in, or was let in by you, and nobody else has confirmed that membership yet: somebody else "
    "has to decide, or another steward or focal point confirms it first."
)
NOT_VOUCHED = _(
    "Only one person has let you in so far. Ask a steward or another focal point of your organisation to confirm your "
    "membership first."
)


def counted_with(people: Collection[int]) -> set[int]:
    """These, whom they alone have let in, and who alone has let them in; one query."""
    rows = Membership.objects.filter(vouched_by=None).exclude(started_by=None)
    pairs = rows.filter(Q(user__in=people) | Q(started_by__in=people)).values_list("user_id", "started_by_id")
    return {*people, *(each for pair in pairs for each in pair if each)}


def why_not_second(user: Any, wrote: Collection[int | None]) -> Promise | None:
    """Why this person is no second one beside them; nothing where they are."""
    if user.pk in wrote:
        return OWN_WORK
    return ONE_PERSON if any(wrote) and not counted_with({user.pk}).isdisjoint(wrote) else None
