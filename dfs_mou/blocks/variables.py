from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from dfs_mou.blocks.machine import KeyBlock

TYPES = [
    ("text", _("Short text")),
    ("long_text", _("Long text")),
    ("date", _("Date")),
    ("integer", _("Whole number")),
    ("choice", _("Choice")),
    ("boolean", _("Yes or no")),
    ("country", _("Country")),
    ("legal_acts_list", _("List of legal acts")),
    ("list_of_contacts", _("List of contacts")),
]
UNITS = [
    ("second", _("seconds")),
    ("minute", _("minutes")),
    ("hour", _("hours")),
    ("day", _("days")),
    ("working_day", _("working days")),
    ("month", _("months")),
    ("year", _("years")),
]


class ChoiceOptionBlock(blocks.StructBlock):
    value = KeyBlock(max_length=64, label=_("Value"), help_text=_("What conditions test; never translated."))
    label = blocks.CharBlock(max_length=500, label=_("Text"), help_text=_("What the document prints."))

    class Meta:
        label_format = "{value}"


class VariableBlock(blocks.StructBlock):
    """A question of the builder; its answer is printed wherever a clause holds its chip."""

    name = KeyBlock(max_length=64, label=_("Key"), help_text=_("Permanent: clauses and saved answers name it."))
    type = blocks.ChoiceBlock(choices=TYPES, default="text", label=_("Kind of answer"))
    label = blocks.CharBlock(max_length=300, label=_("Question"))
    help = blocks.TextBlock(required=False, label=_("Help"))
    required = blocks.BooleanBlock(required=False, label=_("Must be filled if a printed clause uses it"))
    localised = blocks.BooleanBlock(required=False, label=_("One answer for each language"))
    choices = blocks.ListBlock(ChoiceOptionBlock(), default=[], label=_("Choices"))
    default_value = KeyBlock(
        required=False, max_length=200, label=_("Usual answer"), help_text=_("The same in all languages.")
    )
    default_text = blocks.TextBlock(
        required=False, label=_("Usual text"), help_text=_("For an answer that each language has of its own.")
    )
    example = blocks.TextBlock(
        required=False, label=_("Example"), help_text=_("One line for each row of a list; columns separated by |.")
    )
    form_of = KeyBlock(
        required=False,
        max_length=130,
        label=_("Form of"),
        help_text=_("Where this answer is a grammatical form of another one, such as a name after “of”."),
    )
    unit = blocks.ChoiceBlock(choices=UNITS, required=False, label=_("Unit"))
    min = blocks.IntegerBlock(required=False, label=_("Smallest"))
    max = blocks.IntegerBlock(required=False, label=_("Largest"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{name}"
