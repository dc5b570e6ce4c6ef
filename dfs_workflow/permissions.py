"""Who may do what; asked by tasks, views, menus, feeds, mails, APIs and actions alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowMixin
from wagtail.snippets.permissions import get_permission_name

from dfs_workflow.models import (
    BY_OFFICE,
    DEFAULTS,
    KINDS,
    Capability,
    Charter,
    CharterAcceptance,
    JoinRequest,
    KindRule,
    Membership,
    Organisation,
    OrganisationDomain,
)
from dfs_workflow.stewardship import holders

STEWARD = "dfs_workflow.steward"
MODERATOR = "dfs_workflow.triage_proposal"
# What stewards look after, they see without speaking for an organisation.
STEWARDS_SEE = frozenset({Capability.SEE_DIRECTORY, Capability.SEE_PROPOSALS})
MODERATORS_DO = frozenset({Capability.SEE_PROPOSALS, Capability.TRIAGE})


class NotAllowed(PermissionDenied):
    """Says why in one sentence."""


@dataclass(frozen=True)
class Verdict:
    """True or false, with the reason for either."""

    is_allowed: bool
    why: str

    def __bool__(self) -> bool:
        return self.is_allowed


@dataclass(frozen=True)
class Standing:
    """All that decides what one person may do, read once; a page that asks often keeps it."""

    is_signed_in: bool
    is_steward: bool
    membership: Membership | None
    accepted_charter: bool
    rules: dict[str, bool]
    is_moderator: bool = False

    def verdict(self, capability: str, *, organisation: Organisation | None = None) -> Verdict:
        if not self.is_signed_in:
            return Verdict(False, _("Not signed in, or the account is closed."))
        if capability in BY_OFFICE:
            return self._by_office(capability, organisation)
        return self._by_kind(capability)

    def can(self, capability: str, *, organisation: Organisation | None = None) -> bool:
        return bool(self.verdict(capability, organisation=organisation))

    def _by_office(self, capability: str, organisation: Organisation | None) -> Verdict:
        if not self.accepted_charter:
            return Verdict(False, _("Has not accepted the charter in force yet."))
        if self.is_steward:
            return Verdict(True, _("Is a steward of the platform."))
        if capability == Capability.MANAGE_PLATFORM:
            return Verdict(False, _("Only stewards do this."))
        own = self.membership
        if own is None or not own.is_focal_point:
            return Verdict(False, _("Is neither a steward nor a focal point."))
        if organisation is not None and own.organisation_id != organisation.pk:
            return Verdict(False, _("Is a focal point of another organisation."))
        return Verdict(True, _("Is a focal point of %(organisation)s.") % {"organisation": own.organisation})

    def _by_kind(self, capability: str) -> Verdict:
        if not self.accepted_charter:
            return Verdict(False, _("Has not accepted the charter in force yet."))
        if self.is_moderator and capability in MODERATORS_DO:
            return Verdict(True, _("Is a moderator of the platform."))
        if self.membership is None:
            if self.is_steward and capability in STEWARDS_SEE:
                return Verdict(True, _("Is a steward of the platform."))
            return Verdict(False, _("Is a member of no organisation."))
        kind = self.membership.kind
        words = {"organisation": self.membership.organisation, "kind": dict(KINDS)[kind]}
        if self.rules.get(capability, capability in DEFAULTS[kind]):
            return Verdict(True, _("Speaks for %(organisation)s (%(kind)s), and that kind may.") % words)
        return Verdict(False, _("Speaks for %(organisation)s (%(kind)s), and that kind may not.") % words)


def standing(user: Any) -> Standing:
    """At most four queries, whatever is asked of it afterwards."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Standing(False, False, None, False, {})
    membership = membership_of(user)
    rules = KindRule.objects.filter(kind=membership.kind) if membership else KindRule.objects.none()
    return Standing(
        is_signed_in=True,
        is_steward=user.has_perm(STEWARD),
        membership=membership,
        accepted_charter=membership.accepted_charter if membership else has_accepted_charter(user),  # type: ignore[attr-defined]
        rules=dict(rules.values_list("capability", "is_allowed")),
        is_moderator=user.has_perm(MODERATOR),
    )


def standings(users: Collection[Any]) -> dict[int, Standing]:
    """Of many open accounts at once, in six queries: the same as `standing` says of each of them."""
    people = Membership.objects.active().filter(user__in=[user.pk for user in users])
    memberships = {row.user_id: row for row in people.select_related("organisation").with_charter()}
    accepted = have_accepted_charter(users)
    rules: dict[str, dict[str, bool]] = {}
    for kind, capability, is_allowed in KindRule.objects.values_list("kind", "capability", "is_allowed"):
        rules.setdefault(kind, {})[capability] = is_allowed
    stewards, moderators = (set(holders(name).values_list("pk", flat=True)) for name in ("steward", "triage_proposal"))
    return {
        user.pk: Standing(
            is_signed_in=True,
            is_steward=user.is_superuser or user.pk in stewards,
            membership=(own := memberships.get(user.pk)),
            accepted_charter=user.pk in accepted,
            rules=rules.get(own.kind, {}) if own else {},
            is_moderator=user.is_superuser or user.pk in moderators,
        )
        for user in users
    }


def have_accepted_charter(users: Collection[Any]) -> set[int]:
    everybody = {user.pk for user in users}
    in_force = Charter.objects.in_force()
    if not in_force.exists():
        return everybody
    rows = CharterAcceptance.objects.filter(charter__in=in_force, user__in=everybody)
    return set(rows.values_list("user_id", flat=True))


def verdict(user: Any, capability: str, *, organisation: Organisation | None = None) -> Verdict:
    """The one answer, with its reason. `organisation`: whose people or history it is about."""
    return standing(user).verdict(capability, organisation=organisation)


def can(user: Any, capability: str, *, organisation: Organisation | None = None) -> bool:
    return bool(verdict(user, capability, organisation=organisation))


def require(user: Any, capability: str, *, organisation: Organisation | None = None) -> None:
    answer = verdict(user, capability, organisation=organisation)
    if not answer:
        raise NotAllowed(answer.why)


def looks_after(user: Any, organisation: Organisation) -> bool:
    """Whether this person still answers for its people. A new charter that they have yet to accept ends nothing."""
    known = standing(user)
    own = known.membership
    is_focal_point = own is not None and own.is_focal_point and own.organisation_id == organisation.pk
    return known.is_signed_in and (known.is_steward or is_focal_point)


def membership_of(user: Any) -> Membership | None:
    """The active one, with its organisation."""
    if not getattr(user, "is_authenticated", False):
        return None
    return Membership.objects.active().filter(user=user).select_related("organisation").with_charter().first()


def has_accepted_charter(user: Any) -> bool:
    """Also true while no charter was published."""
    in_force = Charter.objects.in_force()
    return not in_force.exists() or CharterAcceptance.objects.filter(charter__in=in_force, user=user).exists()


def can_propose(user: Any, page: Any) -> bool:
    """Whoever the table of kinds lets, and whoever could edit the page or snippet anyway."""
    if can(user, Capability.PROPOSE):
        return True
    if page is None or not user.is_authenticated:
        return False
    if isinstance(page, Page):
        return bool(page.permissions_for_user(user).can_edit())
    return bool(user.has_perm(f"{page._meta.app_label}.change_{page._meta.model_name}"))


def can_submit_bundle(user: Any) -> bool:
    return bool(user.has_perm("dfs_workflow.submit_bundle"))


def can_ask_change(user: Any) -> bool:
    """Withdrawing, moving, deleting or restricting what is live."""
    return bool(user.has_perm("dfs_workflow.ask_change"))


def can_unschedule(user: Any, instance: Any) -> bool:
    """Taking back the date of what was approved: whoever may change it, as nothing gets to readers by it."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_unschedule())
    return bool(user.has_perm(get_permission_name("change", type(instance))))


def can_propose_edition(user: Any) -> bool:
    return bool(user.has_perm("dfs_workflow.propose_edition"))


def can_freeze_edition(user: Any) -> bool:
    """And never what the same person proposed."""
    return bool(user.has_perm("dfs_workflow.freeze_edition"))


def can_enter_admin(user: Any) -> bool:
    return bool(user.has_perm("wagtailadmin.access_admin"))


def can_see_emergencies(user: Any) -> bool:
    """Everybody who edits, of whatever kind."""
    return bool(user.has_perm("dfs_workflow.change_bundle"))


def can_publish_in_emergency(user: Any) -> bool:
    """Alone, with a reason, until a second person signs it off."""
    return bool(user.has_perm("dfs_workflow.publish_in_emergency"))


def can_sign_off(user: Any) -> bool:
    """And never what the same person wrote or published."""
    return bool(user.has_perm("dfs_workflow.sign_off_emergency"))


def can_decide(user: Any, instance: WorkflowMixin) -> bool:
    """Somebody of the task's groups who didn't write any of it."""
    task = instance.current_workflow_task
    return bool(task and any(name == "approve" for name, _label, _modal in task.get_actions(instance, user)))


def can_read_draft(user: Any, instance: Any) -> bool:
    """What others wrote and readers don't see yet is for who could edit it, and for who decides about proposals."""
    if instance is None or not instance.has_unpublished_changes or standing(user).verdict(Capability.TRIAGE):
        return True
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_edit())
    return bool(user.has_perm(get_permission_name("change", type(instance))))


def can_admit(user: Any, join_request: JoinRequest) -> Verdict:
    """Stewards always; focal points where the address proves that the person is one of theirs."""
    known = standing(user)
    if answer := known.verdict(Capability.MANAGE_PLATFORM):
        return answer
    answer = known.verdict(Capability.MANAGE_PEOPLE, organisation=join_request.organisation)
    if join_request.organisation is None:
        return Verdict(False, _("Only stewards decide about organisations that are not in the directory."))
    domains = OrganisationDomain.objects.filter(organisation=join_request.organisation, domain=join_request.domain)
    if answer and not domains.exists():
        return Verdict(False, _("The mail domain is not one that was verified for the organisation."))
    return answer


def require_admission(user: Any, join_request: JoinRequest) -> None:
    answer = can_admit(user, join_request)
    if not answer:
        raise NotAllowed(answer.why)
