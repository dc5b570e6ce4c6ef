"""The search index: one row for each public page or term of the glossary in each language, and the words in it.

The database's own full-text index follows these rows by itself: triggers on SQLite, a generated column on PostgreSQL.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    page = models.OneToOneField("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+")
    term = models.OneToOneField("dfs_pages.GlossaryTerm", null=True, on_delete=models.CASCADE, related_name="+")
    translation_key = models.UUIDField()
    language = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    section = models.UUIDField(null=True)
    reference = models.CharField(max_length=40, blank=True, db_index=True)
    number = models.CharField(max_length=40, blank=True, db_index=True)
    stakeholders = models.CharField(max_length=1000, blank=True)
    title = models.TextField()
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    scope = models.CharField(max_length=20)
    terms_title = models.TextField(blank=True)
    terms_lead = models.TextField(blank=True)
    terms_body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, term__isnull=True)
                | models.Q(page__isnull=True, term__isnull=False),
                name="search_entry_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["language", "translation_key"], name="search_entry_in_language")]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word as it is written somewhere, and the term it is found by: for the beginnings of words and for slips."""

    language = models.CharField(max_length=20)
    word = models.CharField(max_length=40)
    term = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word", "term"], name="search_word_once")]

    def __str__(self) -> str:
        return self.word


class MissedSearch(models.Model):
    """What was looked for and not found, counted. Nobody is remembered with it."""

    text = models.CharField(_("looked for"), max_length=80)
    language = models.CharField(_("language"), max_length=20)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_on = models.DateField(_("first on"))
    last_on = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering = ["-times", "text"]
        constraints = [models.UniqueConstraint(fields=["text", "language"], name="missed_search_once")]

    def __str__(self) -> str:
        return self.text
