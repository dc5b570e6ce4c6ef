"""Page and snippet types for the tests of the gate: governed ones and, beside them, those of a foreign site."""

from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.api import APIField
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from dfs_workflow.fields import CodesField
from dfs_workflow.models import FallbackRouteMixin, Gated, Referenced


class Audience(models.Model):
    name = models.CharField(max_length=40)

    def __str__(self):
        return self.name


class GovernedHome(Gated, FallbackRouteMixin, Page):
    template = "testapp/page.html"


class GovernedPage(Gated, Page):
    template = "testapp/page.html"
    text = models.TextField(blank=True)
    body = StreamField(StreamBlock([("word", CharBlock()), ("text", RichTextBlock())]), blank=True)
    audiences = ParentalManyToManyField(Audience, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("text"),
        FieldPanel("body"),
        FieldPanel("audiences"),
        InlinePanel("notes"),
    ]
    proposable_fields = ("title", "text", "body")
    translatable_fields = [TranslatableField("title"), TranslatableField("text"), TranslatableField("body")]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]


class Note(Orderable):
    page = ParentalKey(GovernedPage, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=80)

    panels = [FieldPanel("text")]


class GovernedStatement(Gated, Referenced, Page):
    template = "testapp/page.html"
    text = models.TextField(blank=True)
    codes = CodesField()

    proposable_fields = ("title", "text")
    proposable_as_new = ("title", "text")
    content_panels = [*Page.content_panels, FieldPanel("reference"), FieldPanel("text")]
    translatable_fields = [TranslatableField("title"), TranslatableField("text"), SynchronizedField("reference")]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    def prepare_proposed(self, parent):
        self.reference = f"TST-{GovernedStatement.objects.count() + 1}"


class ForeignPage(Page):
    """Of somebody else's site: the gate has nothing to say about it."""

    template = "testapp/page.html"
    text = models.TextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("text")]


@register_snippet
class GovernedTerm(
    Gated,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    PreviewableMixin,
    ClusterableModel,
):
    name = models.CharField(max_length=80)
    meaning = models.TextField(blank=True)

    proposable_fields = ("name", "meaning")
    proposable_as_new = ("name", "meaning")
    panels = [FieldPanel("name"), FieldPanel("meaning")]
    api_fields = [APIField("name", writable=True), APIField("meaning", writable=True)]
    translatable_fields = [TranslatableField("name"), TranslatableField("meaning")]

    class Meta(TranslatableMixin.Meta):
        pass

    def __str__(self):
        return self.name

    def prepare_proposed(self, parent):
        """It has nothing but words."""

    def get_preview_template(self, request, mode_name):
        return "testapp/page.html"


@register_snippet
class ForeignTerm(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    name = models.CharField(max_length=80)

    panels = [FieldPanel("name")]

    def __str__(self):
        return self.name
