from django.db import models


class SourceManifest(models.Model):
    """What a translated version was made from: path, order and hash of each source text, and whether it has one yet.

    Readers are warned field by field when the source has moved on since.
    """

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    source_hashes = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.revision_id}"
