from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Page, RevisionMixin, WorkflowMixin
from wagtail.snippets.models import register_snippet


class ArticlePage(Page):
    body = RichTextField(blank=True)

    content_panels = [*Page.content_panels, "body"]


class HomePage(Page):
    """Named as one of ours, as in nearly every Wagtail site."""


@register_snippet
class Notice(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    text = models.CharField(max_length=100)

    panels = ["text"]

    def __str__(self) -> str:
        return self.text
