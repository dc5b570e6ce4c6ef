"""What an editor chooses from elsewhere on the site: a page, an image, a file, a statement.

A block keeps only the id; `query.expand_links` reads everything that a whole page names at once. Otherwise every
section of a chapter would ask for its own.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from dfs_pages.blocks.fixed import FixedTextBlock
from dfs_workflow.conf import source_language
from dfs_workflow.models.reference import REFERENCE, PermanentReference


class ById:
    """The chosen object is read when an editor opens the form; readers get it with all others of the page."""

    def to_python(self, value):
        if value is None or isinstance(value, self.model_class):
            return value
        return self.model_class.from_db(None, [self.model_class._meta.pk.attname], [value])

    def bulk_to_python(self, values):
        return [self.to_python(value) for value in values]

    def get_form_state(self, value):
        return self.widget.get_value_data(value and value.pk)

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class PageById(ById, blocks.PageChooserBlock):
    pass


class ImageById(ById, ImageChooserBlock):
    pass


class DocumentById(ById, DocumentChooserBlock):
    pass


class StatementReference(FixedTextBlock):
    """Typed as it is cited; the same in all languages."""

    def clean(self, value):
        value = super().clean(value).upper()
        if not REFERENCE.match(value):
            raise ValidationError(_("Write a permanent reference, as in SIM-MNO-03."))
        return value

    def extract_references(self, value):
        """So that Wagtail counts it as a use of that page."""
        keys = PermanentReference.objects.filter(pk=value).values("translation_key")
        pages = Page.objects.filter(translation_key__in=keys, locale__language_code=source_language())
        for pk in pages.values_list("pk", flat=True):
            yield Page, str(pk), "", ""

    class Meta:
        template = "dfs_pages/blocks/statement.html"
