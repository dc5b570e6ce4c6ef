from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from dfs_mou.models.previewed import PreviewedInDocument
from dfs_mou.panels import CheckPanel
from dfs_workflow.models import Gated, page_link


class MouTemplateMixin(models.Model):
    template_key = models.CharField(
        _("key of the template"),
        max_length=64,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Write small letters, digits and hyphens."))],
        help_text=_("Permanent: editions and saved answers name it."),
    )
    version = models.CharField(
        _("version"),
        max_length=20,
        validators=[RegexValidator(r"^\d+\.\d+\.\d+$", _("Write three numbers, as in 1.2.0."))],
        help_text=_("Printed on every document. Raise it when you publish a change of the text."),
    )
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [
        CheckPanel(),
        *Page.content_panels,
        FieldPanel("template_key"),
        FieldPanel("version"),
        FieldPanel("introduction"),
    ]
    subpage_types = ["dfs_mou.QuestionGroupPage", "dfs_mou.ClausePage"]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("template_key", overridable=False),
        SynchronizedField("version", overridable=False),
    ]

    class Meta:
        abstract = True


class MouTemplatePage(PreviewedInDocument, Gated, MouTemplateMixin, Page):  # noqa: DJ008  Page has one
    """A model MOU: its questions and clauses are the pages below, and publishing compiles them into an edition."""

    page_ptr = page_link()
    template = "dfs_mou/template_page.html"

    class Meta:
        verbose_name = _("MOU template")
        verbose_name_plural = _("MOU templates")
