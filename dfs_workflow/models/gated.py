from django.db import models


class Gated(models.Model):
    """Goes live only as a decided revision. Put it first among the bases: `class ChapterPage(Gated, Page)`."""

    class Meta:
        abstract = True
