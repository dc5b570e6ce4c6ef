"""Keeps secrets that stand in addresses out of the log."""

import logging
import re

SECRET = re.compile(
    r"(/mou-builder/(?:resume|agreement)/|/join/verify/|/invitation/|/mail/unsubscribe/|/password/reset/key/)(?!done/)[^\s/?]+"
)


class HideSecrets(logging.Filter):
    """The link of a saved draft, an invitation or a new password: who reads a log must not be able to use it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if SECRET.search(message):
            record.msg, record.args = SECRET.sub(r"\1…", message), ()
        return True
