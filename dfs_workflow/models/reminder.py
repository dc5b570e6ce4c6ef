"""Which reminder about an open review was sent, so that none is sent twice."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class ReviewReminder(models.Model):
    class Stage(models.TextChoices):
        HALF_TIME = "half", _("half of the time has passed")
        SOON = "soon", _("due in three days")
        OVERDUE = "overdue", _("overdue")

    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="dfs_reminders")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["task_state", "stage"], name="dfs_reminder_once")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.task_state}"
