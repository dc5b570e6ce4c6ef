"""What a translated version contains: which source text each of its paragraphs was made from."""

from django.db import models


class TranslationManifest(models.Model):
    """Readers are warned paragraph by paragraph when the source has moved on since."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    source_hashes = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.revision_id}"
