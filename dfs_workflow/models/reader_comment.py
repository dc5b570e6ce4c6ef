"""What members write about a page, a recommendation, a control or a clause: plain text in their own language."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_comments_xtd.models import XtdComment

from dfs_workflow import conf
from dfs_workflow.models.organisation import Organisation

DEEPEST = 2  # levels of replies


class ReaderComment(XtdComment):
    """Hangs on the translation key of a page, so that it follows its statement into every language.

    `organisation` is the one its author spoke for then. Who sees it is decided by `comments.visible` alone.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        EXPERIENCE = "experience", _("experience")
        IMPLEMENTATION = "implementation", _("implementation")
        CORRECTION = "correction", _("correction")
        TRANSLATION = "translation", _("translation")

    class State(models.TextChoices):
        SHOWN = "shown", pgettext_lazy("comment", "shown")
        HELD = "held", pgettext_lazy("comment", "held until it is reviewed")
        HIDDEN = "hidden", pgettext_lazy("comment", "flagged and hidden")
        REMOVED = "removed", pgettext_lazy("comment", "removed")

    # What a country tells others about itself: always looked at first, and for those who speak for it.
    NOTES = (Kind.EXPERIENCE, Kind.IMPLEMENTATION)

    translation_key = models.UUIDField(db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.HELD, db_index=True)
    language = models.CharField(_("language"), max_length=20)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    country = models.CharField(_("country code"), max_length=2, blank=True, db_index=True)
    edited_at = models.DateTimeField(_("edited at"), null=True)
    # A member whose comment was accepted once writes without being looked at first.
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    # Looked at after a flag, and kept: more flags don't hide it again.
    kept_at = models.DateTimeField(null=True)
    # Flagged, and no moderator has looked since; still shown where one person has flagged too many.
    flagged_at = models.DateTimeField(null=True)
    flag_reason = models.TextField(_("why it was flagged"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decision_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("comment of a reader")
        verbose_name_plural = _("comments of readers")
        permissions = [("moderate_comments", "Can decide about comments that are held or flagged")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def can_be_answered(self) -> bool:
        return self.level < DEEPEST and self.state == self.State.SHOWN

    def may_still_be_edited(self, user: Any, at: datetime) -> bool:
        """Not once a moderator has let it through: readers would get other words than those."""
        window = timedelta(minutes=conf.comment_edit_minutes())
        is_open = self.state in (self.State.SHOWN, self.State.HELD) and at - self.submit_date <= window
        is_open = is_open and self.decided_by_id is None
        return self.user_id == user.pk and is_open
