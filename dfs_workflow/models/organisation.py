"""Regulators, central banks and everybody else who takes part; one directory for the whole site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from dfs_workflow.models.country_names import country_name


class Organisation(models.Model):
    class Kind(models.TextChoices):
        TELECOM_REGULATOR = "telecom-regulator", _("telecommunications regulator")
        CENTRAL_BANK = "central-bank", _("central bank")
        MINISTRY = "ministry", _("ministry")
        REGIONAL_BODY = "regional-body", _("regional body")
        PROVIDER = "provider", _("provider of digital financial services")
        VENDOR = "vendor", _("vendor")
        ACADEMIA = "academia", _("academia")

    key = models.SlugField(
        _("key"), max_length=120, unique=True, help_text=_("Identifies the organisation when the directory is loaded.")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=255, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True, max_length=500)
    source_note = models.CharField(_("source"), max_length=255, blank=True)
    needs_check = models.BooleanField(
        _("to be checked"), default=False, help_text=_("Sources differ, or the body may have been renamed.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "acronym", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="", acronym=""), name="dfs_organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        if self.name and self.acronym:
            return f"{self.name} ({self.acronym})"
        return self.name or self.acronym

    def country_names(self) -> str:
        return _(", ").join(country.local_name for country in self.countries.all())

    country_names.short_description = _("countries")  # type: ignore[attr-defined]


class OrganisationCountry(models.Model):
    """A country that an organisation serves; a regional central bank serves several."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="countries")
    code = models.CharField(_("country code"), max_length=2, db_index=True)
    name = models.CharField(_("country"), max_length=120)
    source_note = models.CharField(_("source"), max_length=255, blank=True)
    needs_check = models.BooleanField(_("to be checked"), default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="dfs_organisation_country_once"),
            models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{2}$"), name="dfs_organisation_country_code"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        return country_name(self.code, self.name)
