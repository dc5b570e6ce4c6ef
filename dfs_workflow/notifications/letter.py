"""A mail in one language. Plain text is shown from left to right, so Arabic has a second part with its direction."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# A line, or what follows its last label, that somebody wrote in another script.
FOREIGN = re.compile(rf"(?:^|(?<=: ))[^{RIGHT_TO_LEFT}]*[^\W\d_{RIGHT_TO_LEFT}][^{RIGHT_TO_LEFT}]*$")


def letter(subject: str, body: str, to: str, *, headers: Mapping[str, str] | None = None) -> EmailMultiAlternatives:
    """In the language that is active: the one in which its words were written."""
    sender = getattr(settings, "WAGTAILADMIN_NOTIFICATION_FROM_EMAIL", None)
    subject, body = " ".join(subject.split()), body.strip() + "\n"
    all_headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    message = EmailMultiAlternatives(subject, body, sender, [to], headers=all_headers)
    language = get_language() or settings.LANGUAGE_CODE
    if get_language_info(language)["bidi"]:
        message.attach_alternative(right_to_left(subject, body, language), "text/html")
    return message


def right_to_left(subject: str, body: str, language: str) -> SafeString:
    """Some programs drop `html` and `body`, so the direction stands inside again."""
    words: Any = mark_safe(linebreaks("\n".join(map(line, body.split("\n")))))  # noqa: S308
    return format_html(
        '<!doctype html><html lang="{0}" dir="rtl"><head><meta charset="utf-8"><title>{1}</title></head>'
        '<body><div lang="{0}" dir="rtl">{2}</div></body></html>',
        language,
        subject,
        isolated(words),
    )


def line(text: str) -> str:
    """An English reason in it keeps its full stop at its end."""
    found = FOREIGN.search(text)
    if found is None:
        return urlize(text, autoescape=True)
    own, foreign = text[: found.start()], found.group()
    return f"{urlize(own, autoescape=True)}<bdi>{urlize(foreign, autoescape=True)}</bdi>"


def isolated(words: str) -> SafeString:
    """An address keeps its order inside a line from right to left."""
    return mark_safe(words.replace("<a ", '<a dir="ltr" '))  # noqa: S308
