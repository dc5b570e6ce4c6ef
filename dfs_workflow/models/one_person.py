"""Who counts as one person: accounts that let each other in, or that one person let in, while nobody else knows them.

Else somebody who admits people could admit accounts of their own, and be several people.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dfs_workflow.models.membership import Membership

OWN_WORK = _("You wrote part of this version; somebody else has to decide.")
ONE_PERSON = _(
    "You and who wrote this may be one person, as far as is known here: one of you let the other in, or somebody let "
    "in both of you, and nobody else has confirmed it. Somebody else has to decide, or another steward or focal point "
    "confirms the membership first."
)
NOT_VOUCHED = _(
    "Only one person has let you in so far. Ask a steward or another focal point of your organisation to confirm your "
    "membership first."
)


def counted_with(people: Collection[int]) -> set[int]:
    """These, and whoever is tied to them by memberships that only one person knows; one query. The last membership
    of somebody counts, an ended one too: who lets in a person whom another one knew is a second person about them."""
    tied = defaultdict(set)
    later = Membership.objects.filter(user=OuterRef("user"), pk__gt=OuterRef("pk"))
    rows = Membership.objects.known_to_one().exclude(Exists(later))
    for one, other in rows.values_list("user_id", "started_by_id"):
        tied[one].add(other)
        tied[other].add(one)
    found, new = set(people), set(people)
    while new:
        new = set().union(*(tied[person] for person in new)) - found
        found |= new
    return found


def why_not_second(user: Any, wrote: Collection[int | None]) -> Promise | None:
    """Why this person is no second one beside them; nothing where they are."""
    if user.pk in wrote:
        return OWN_WORK
    return ONE_PERSON if any(wrote) and not counted_with({user.pk}).isdisjoint(wrote) else None


def why_not_in_its_name(membership: Membership | None) -> Promise | None:
    """Why what this member says isn't said by the organisation; nothing where it is."""
    return NOT_VOUCHED if membership is not None and not membership.is_vouched else None
