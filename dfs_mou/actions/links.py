"""Who holds a link, and whether what they hold may still change."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from dfs_mou import query
from dfs_mou.models import Agreement, AgreementParty
from dfs_mou.query import hash_of as hash_of


class NoSuchLink(LookupError):
    """A link that ended, was withdrawn, or never was."""


class NotAllowed(PermissionError):
    """What this party can't do: one sentence."""


class AgreementSealed(RuntimeError):
    """All parties have agreed to this very text: somebody has to open it again first."""


def new_token() -> str:
    return secrets.token_urlsafe(32)


def party_of(token: str, at: datetime, by: Any) -> AgreementParty:
    """With its agreement, locked until the end of the transaction."""
    party = query.opened_by(token, by, at).first()
    if party is None:
        raise NoSuchLink
    party.agreement = Agreement.objects.select_for_update().get(pk=party.agreement_id)
    return party


def content_hash(agreement: Agreement) -> str:
    """What parties agree to: the edition, the answers, the clauses kept, the wording; not the day."""
    content = [agreement.edition.sha256, agreement.languages, agreement.answers, agreement.keep, agreement.wording]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_sealed(agreement: Agreement) -> bool:
    agreed = {party.agreed_hash for party in agreement.parties.all()}
    return bool(agreed) and agreed == {content_hash(agreement)}


def refuse_if_sealed(agreement: Agreement) -> None:
    if is_sealed(agreement):
        raise AgreementSealed
