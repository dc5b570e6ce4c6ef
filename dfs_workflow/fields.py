"""A list of codes that can be filtered the same way on SQLite and PostgreSQL."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")


def check_codes(value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(code, str) and CODE.match(code) for code in value):
        raise ValidationError(_("Write a list of codes made of letters, digits, dots, hyphens and underscores."))
    if len(set(value)) != len(value):
        raise ValidationError(_("A code may stand in the list only once."))


class CodesFormField(forms.CharField):
    """Codes in one line, separated by commas."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> Any:
        codes = value if isinstance(value, (list, tuple)) else str(value or "").split(",")
        return [str(code).strip() for code in codes if str(code).strip()]

    def validate(self, value: Any) -> None:
        super().validate(value)
        check_codes(value)

    def run_validators(self, value: Any) -> None:
        """Those of text don't apply to a list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class CodesField(models.JSONField):
    """Holds codes such as ["mno", "bank"]; `field__has_code="mno"` finds the rows that list one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, check_codes]

    def formfield(self, **kwargs: Any) -> Any:
        # Django would compare with a hidden field, which Wagtail's forms don't show: all would count as changed.
        return models.Field.formfield(self, **{"form_class": CodesFormField, "show_hidden_initial": False, **kwargs})


@CodesField.register_lookup
class HasAny(models.Lookup):
    """`field__has_any=True` finds what lists a code at all: for the condition of an index."""

    lookup_name = "has_any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, parameters = compiler.compile(Cast(self.lhs, TextField()))
        return f"{text} <> '[]'", list(parameters)


@CodesField.register_lookup
class HasCode(models.Lookup):
    """Compares text, as SQLite has no JSON containment. An empty list is left out by itself, so that an index of the
    others is used."""

    lookup_name = "has_code"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        code = str(self.rhs)
        if not CODE.match(code):
            return "1 = 0", []
        text, parameters = compiler.compile(Cast(self.lhs, TextField()))
        any_code, known = HasAny(self.lhs, True).as_sql(compiler, connection)
        literal = json.dumps(code).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"({any_code} AND {text} LIKE %s ESCAPE '\\')", [*known, *parameters, f"%{literal}%"]
