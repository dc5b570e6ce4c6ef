import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

REFERENCE = re.compile(r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$")


class PermanentReference(models.Model):
    """Who a reference belongs to, for ever: a row is never deleted or given to something else."""

    reference = models.CharField(max_length=40, primary_key=True)
    translation_key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return self.reference


class Referenced(models.Model):
    """A page that can be cited: all its translations share one permanent reference such as SIM-MNO-03."""

    reference = models.CharField(
        _("permanent reference"),
        max_length=40,
        db_index=True,
        validators=[RegexValidator(REFERENCE, _("Write capital letters, digits and hyphens, as in SIM-MNO-03."))],
        help_text=_("Permanent: once published it can't be changed or given to another statement."),
    )

    class Meta:
        abstract = True
