"""Addresses that only this platform can have written: for answers, for what comes back, and for unsubscribing.

The part before the @ has room for 64 characters, and some servers write it in small letters: so numbers in base 36 and
a hundred bits of signature in base 32, instead of Django's own longer form.
"""

import base64
from datetime import date, timedelta
from email.utils import parseaddr

from django.core import signing
from django.utils.crypto import constant_time_compare as same
from django.utils.crypto import salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from dfs_workflow import conf

UNSUBSCRIBE_SALT = "dfs_workflow.unsubscribe"
SIGNATURE = 20
DAY_ZERO = date(2026, 1, 1)


class BadAddress(Exception):
    """Not one that was written here."""


def reply_to(user_id: int, comment_id: int, today: date) -> str:
    """For one person, about one comment, until a day; nothing where answers don't arrive."""
    until = (today - DAY_ZERO).days + conf.reply_days()
    return plus(conf.reply_address(), "reply", user_id, comment_id, until)


def return_path(mail_id: int) -> str:
    return plus(conf.bounce_address(), "bounce", mail_id)


def plus(address: str, purpose: str, *numbers: int) -> str:
    if not address:
        return ""
    name, _at, domain = address.partition("@")
    parts = [int_to_base36(number) for number in numbers]
    return f"{name}+{'-'.join([*parts, signature(purpose, parts)])}@{domain}"


def signature(purpose: str, parts: list[str]) -> str:
    digest = salted_hmac(f"dfs_workflow.{purpose}", "-".join(parts), algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:SIGNATURE]


def read_reply(address: str) -> tuple[int, int, date]:
    """The person, the comment, and the last day."""
    user_id, comment_id, until = numbers_in(address, "reply", 3)
    return user_id, comment_id, DAY_ZERO + timedelta(days=until)


def read_return_path(address: str) -> int:
    return numbers_in(address, "bounce", 1)[0]


def numbers_in(address: str, purpose: str, count: int) -> list[int]:
    token = parseaddr(address)[1].rpartition("@")[0].partition("+")[2].lower()
    *parts, signed = token.split("-")
    if len(parts) != count or not same(signed, signature(purpose, parts)):
        raise BadAddress
    try:
        return [base36_to_int(part) for part in parts]
    except ValueError as error:
        raise BadAddress from error


def is_ours(address: str, base: str) -> bool:
    """One of the addresses that begin with `base`, whatever stands behind the plus."""
    name, _at, domain = base.lower().partition("@")
    found, _at, at_domain = parseaddr(address)[1].lower().partition("@")
    return bool(base) and at_domain == domain and found.startswith(f"{name}+")


def unsubscribe_token(user_id: int, topic: str) -> str:
    return signing.dumps([user_id, topic], salt=UNSUBSCRIBE_SALT)
