"""Edit forms that offer what the place of a page in the tree already says."""

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from dfs_pages import conf


def checkboxes(field, choices):
    """The same field with its known codes to tick, keeping codes that are stored but not known any more."""
    return forms.MultipleChoiceField(
        choices=choices,
        required=False,
        label=field.label,
        help_text=field.help_text,
        widget=forms.CheckboxSelectMultiple,
    )


def with_stored(choices, stored):
    known = dict(choices)
    return [*known.items(), *((code, code) for code in stored or [] if code not in known)]


class GroupSelect(forms.Select):
    """The groups of the site by their names: one that is mistyped would be reminded in vain. What is stored stays."""

    def optgroups(self, name, value, attrs=None):
        groups = [(group, group) for group in Group.objects.order_by("name").values_list("name", flat=True)]
        self.choices = [("", "—"), *with_stored(groups, filter(None, value))]
        return super().optgroups(name, value, attrs)


class ChapterForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "audiences" in self.fields:
            choices = with_stored(conf.audiences().items(), self.instance.audiences)
            self.fields["audiences"] = checkboxes(self.fields["audiences"], choices)


class ReferenceForm(WagtailAdminPageForm):
    """Proposes the next free reference and keeps a published one."""

    prefix_suffix = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("reference")
        if field is None:
            return
        if self.instance.first_published_at:
            field.disabled = True
        elif not self.instance.pk and not self.initial.get("reference"):
            self.initial["reference"] = self._meta.model.free_reference(self.parent_page)

    def ancestors(self):
        """From the parent up, as their own types."""
        return [self.parent_page.specific, *self.parent_page.get_ancestors().specific().reverse()]


class StatementForm(ChapterForm, ReferenceForm):
    """A new recommendation also starts with the audiences of its section."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.initial.get("audiences"):
            self.initial["audiences"] = getattr(self.parent_page.specific, "audiences", [])


class ControlForm(ReferenceForm):
    """Offers the words of the catalogue and the risks of the threat instead of their codes."""

    kinds = {"stakeholders": "stakeholder", "dimensions": "dimension"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        family = self.parent_page.specific
        terms = [term for page in self.ancestors() if hasattr(page, "terms") for term in page.terms.all()]
        for name, kind in self.kinds.items():
            if name in self.fields:
                words = [(term.code, term.title) for term in terms if term.kind == kind]
                words = words or list(conf.audiences().items())
                choices = with_stored(words, getattr(self.instance, name))
                self.fields[name] = checkboxes(self.fields[name], choices)
        groups = [(term.code, term.title) for term in terms if term.kind == "audit_group"]
        self._offer("audit_group", groups)
        self._offer("risk", [(block.id, block.value["title"]) for block in getattr(family, "risks", [])])

    def _offer(self, name, choices):
        if name in self.fields:
            field, stored = self.fields[name], getattr(self.instance, name)
            extra = with_stored(choices, [stored] if stored else [])
            self.fields[name] = forms.ChoiceField(
                choices=[("", _("None")), *extra], required=False, label=field.label, help_text=field.help_text
            )
