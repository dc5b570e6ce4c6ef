"""What can be seen and done beyond reading, and the table that says which kind of organisation may."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from dfs_workflow.models.organisation import Organisation

EXPERT = "expert"
KINDS = [*Organisation.Kind.choices, (EXPERT, _("expert, sponsored by an organisation"))]


class Capability(models.TextChoices):
    """The first group is given by the table of kinds, the second by an office that somebody holds."""

    SEE_DIRECTORY = "see-directory", _("see the directory of counterparts")
    CONTACT = "contact", _("write to counterparts through the platform")
    SEE_PROPOSALS = "see-proposals", _("see proposals and their discussion")
    PROPOSE = "propose", _("propose changes")
    TRIAGE = "triage", _("decide about proposals")
    COMMENT = "comment", pgettext_lazy("may …", "comment")
    ANSWER_CONSULTATION = "answer-consultation", _("answer consultations")
    SHARE_EXPERIENCE = "share-experience", _("share experience of their country")
    RECORD_ADOPTION = "record-adoption", _("record what was adopted")
    REVIEW = "review", _("review and decide for their organisation")

    MANAGE_PEOPLE = "manage-people", _("invite, confirm and remove people of an organisation")
    SEE_HISTORY = "see-history", _("read the history of an organisation")
    MANAGE_PLATFORM = "manage-platform", _("decide who takes part, and what each kind may do")


BY_OFFICE = (Capability.MANAGE_PEOPLE, Capability.SEE_HISTORY, Capability.MANAGE_PLATFORM)
BY_KIND = tuple(capability for capability in Capability if capability not in BY_OFFICE)

# Moderators of the platform decide about proposals; stewards can let a kind of organisation do it too.
AUTHORITY = frozenset(BY_KIND) - {Capability.TRIAGE}
Kind = Organisation.Kind
# What holds until a steward changes it. A supervised entity doesn't see what its supervisors discuss.
DEFAULTS: dict[str, frozenset[str]] = {
    Kind.TELECOM_REGULATOR: AUTHORITY,
    Kind.CENTRAL_BANK: AUTHORITY,
    Kind.MINISTRY: AUTHORITY,
    Kind.REGIONAL_BODY: AUTHORITY,
    Kind.PROVIDER: frozenset({Capability.PROPOSE, Capability.COMMENT, Capability.ANSWER_CONSULTATION}),
    Kind.VENDOR: frozenset({Capability.COMMENT, Capability.ANSWER_CONSULTATION}),
    Kind.ACADEMIA: frozenset(
        {Capability.SEE_PROPOSALS, Capability.PROPOSE, Capability.COMMENT, Capability.ANSWER_CONSULTATION}
    ),
    EXPERT: frozenset({Capability.SEE_PROPOSALS, Capability.PROPOSE, Capability.COMMENT, Capability.REVIEW}),
}


class KindRule(models.Model):
    """One cell of the table, where a steward changed what is shipped."""

    kind = models.CharField(_("kind"), max_length=30, choices=KINDS)
    # Without a context, this is the month of Django's dates.
    capability = models.CharField(pgettext_lazy("rule", "may"), max_length=30, choices=Capability.choices)
    is_allowed = models.BooleanField(_("allowed"))
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rule for a kind of organisation")
        verbose_name_plural = _("rules for kinds of organisation")
        constraints = [models.UniqueConstraint(fields=["kind", "capability"], name="dfs_kind_rule_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_capability_display()}"
