"""Lists that belong to one statement, threat or chapter. The id of a block is its identity in all languages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from dfs_pages.blocks.choosers import StatementReference
from dfs_pages.blocks.fixed import CodesBlock, FixedTextBlock


class Source(blocks.StructBlock):
    title = blocks.CharBlock(max_length=500, label=_("Title"))
    url = blocks.URLBlock(label=_("Address"), max_length=500)

    class Meta:
        icon = "link-external"
        label = _("Source")
        template = "dfs_pages/blocks/source.html"


class Reference(blocks.StructBlock):
    text = blocks.CharBlock(max_length=500, label=_("Reference"))
    url = blocks.URLBlock(required=False, label=_("Address"), max_length=500)

    class Meta:
        icon = "link"
        label = _("Reference")
        template = "dfs_pages/blocks/reference.html"


class Vulnerability(blocks.StructBlock):
    text = blocks.CharBlock(max_length=500, label=_("Vulnerability"))
    dimensions = CodesBlock(label=_("Security dimensions"))

    class Meta:
        icon = "warning"
        label = _("Vulnerability")
        template = "dfs_pages/blocks/vulnerability.html"


class Risk(blocks.StructBlock):
    title = blocks.CharBlock(max_length=300, label=_("Risk"))
    stakeholders = CodesBlock(label=_("Stakeholders at risk"))
    vulnerabilities = blocks.ListBlock(Vulnerability(), label=_("Vulnerabilities"))
    note = blocks.TextBlock(required=False, label=_("Note"))

    class Meta:
        icon = "warning"
        label = _("Risk")
        template = "dfs_pages/blocks/risk.html"


class Outcome(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("K", _("Knowledge area")), ("S", _("Skills area")), ("P", _("Proactive step"))], label=_("Kind")
    )
    code = FixedTextBlock(max_length=20, label=_("Official number"))
    text = blocks.TextBlock(label=_("Outcome"))
    gender_note = blocks.TextBlock(required=False, label=_("What matters for women"))

    class Meta:
        icon = "tick"
        label = _("Outcome")
        template = "dfs_pages/blocks/outcome.html"


class Sources(blocks.StreamBlock):
    source = Source()

    class Meta:
        required = False


class References(blocks.StreamBlock):
    reference = Reference()

    class Meta:
        required = False


class ChosenControl(blocks.StructBlock):
    reference = StatementReference(max_length=40, label=_("Reference of the control"))
    why = blocks.CharBlock(max_length=200, label=_("Why it comes first"))

    class Meta:
        icon = "tasks"
        label = _("Control")
        template = "dfs_pages/blocks/chosen.html"


class Chosen(blocks.StreamBlock):
    control = ChosenControl()

    class Meta:
        required = False


class Threats(blocks.StreamBlock):
    threat = blocks.CharBlock(max_length=200, label=_("Threat"), icon="warning", template="dfs_pages/blocks/text.html")

    class Meta:
        required = False


class Risks(blocks.StreamBlock):
    risk = Risk()

    class Meta:
        required = False


class Outcomes(blocks.StreamBlock):
    outcome = Outcome()

    class Meta:
        required = False
