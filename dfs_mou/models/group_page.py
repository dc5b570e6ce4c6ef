from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from dfs_mou.blocks import VariableBlock
from dfs_mou.models.previewed import PreviewedInDocument
from dfs_mou.panels import CheckPanel
from dfs_workflow.models import Gated, page_link


class QuestionGroupMixin(models.Model):
    key = models.CharField(
        _("key"),
        max_length=64,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("Write small letters, digits and underscores."))],
        help_text=_("Permanent."),
    )
    help = models.TextField(_("help"), blank=True)
    variables = StreamField([("variable", VariableBlock())], blank=True, verbose_name=_("questions"))

    content_panels = [
        CheckPanel(),
        *Page.content_panels,
        FieldPanel("key"),
        FieldPanel("help"),
        FieldPanel("variables"),
    ]
    parent_page_types = ["dfs_mou.MouTemplatePage"]
    subpage_types: list[str] = []
    localised_texts = ("variables.*.example", "variables.*.default_text", "variables.*.help")
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("key", overridable=False),
    ]

    class Meta:
        abstract = True


class QuestionGroupPage(PreviewedInDocument, Gated, QuestionGroupMixin, Page):  # noqa: DJ008  Page has one
    """One page of questions of the builder."""

    page_ptr = page_link()
    template = "dfs_mou/group_page.html"

    class Meta:
        verbose_name = _("group of questions")
        verbose_name_plural = _("groups of questions")
