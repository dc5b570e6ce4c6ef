"""One agreement as one party sees it: its texts, what was agreed, proposed and changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone

from dfs_mou import actions, query
from dfs_mou.documents import comparison
from dfs_mou.documents.comparison import Change, Kind
from dfs_mou.documents.document import Clause, Document
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.tree import build
from dfs_mou.documents.wording import ADDED, Wording
from dfs_mou.exporters.agreement_texts import agreement_text, edition_of_agreement, languages_of, usable_answers
from dfs_mou.exporters.directory_answers import is_named
from dfs_mou.exporters.editions import current_edition, edition_of
from dfs_mou.models import AgreementParty, AgreementVersion, ClauseProposal, Conclusion, FilePack, SignedCopy
from dfs_mou.views.words import Words
from dfs_workflow.models import Organisation


class Desk:
    def __init__(self, token: str, party: AgreementParty, ui_language: str, user: Any = None) -> None:
        self.token = token
        self.user = user
        self.party = party
        self.agreement = party.agreement
        self.edition = edition_of_agreement(self.agreement)
        self.languages = languages_of(self.agreement)
        self.words = Words(self.edition, ui_language)
        self.texts: dict[str, Document] = {}

    @cached_property
    def parties(self) -> list[AgreementParty]:
        return list(self.agreement.parties.select_related("organisation"))

    @cached_property
    def own_organisation(self) -> Organisation | None:
        """Whom the reader speaks for, signed in."""
        return query.spoken_for(self.user)

    @property
    def is_member(self) -> bool:
        return self.own_organisation is not None and self.own_organisation == self.party.organisation

    @property
    def may_join(self) -> bool:
        """By a link, and for an organisation that is no party yet."""
        own = self.own_organisation
        taken = {party.organisation_id for party in self.parties}
        if own is None or self.party.organisation is not None or own.pk in taken:
            return False
        return self.may_change or self.is_named

    @property
    def may_leave(self) -> bool:
        """Only who came by the link: for members there is no other way in."""
        return self.may_change and self.party.organisation is not None and not self.token.startswith(query.MEMBER)

    @property
    def may_consent(self) -> bool:
        return self.is_member and self.is_named

    @cached_property
    def is_named(self) -> bool:
        """Whether the text names the authority that the reader speaks for."""
        return self.own_organisation is not None and is_named(self.agreement, self.own_organisation)

    @property
    def may_invite(self) -> bool:
        return self.party.is_owner and self.may_change and self.conclusion is None

    @property
    def may_name(self) -> bool:
        return self.may_change or not self.party.name

    @property
    def may_change(self) -> bool:
        return not self.is_sealed

    @property
    def may_agree(self) -> bool:
        """Not while something is open: whoever agrees to a text knows all of it."""
        undecided = any(row.kind != ClauseProposal.Kind.COMMENT for row in self.open_proposals)
        return self.may_change and not undecided

    @property
    def may_reopen(self) -> bool:
        return self.is_sealed and self.conclusion is None

    @cached_property
    def invitable(self) -> list[Organisation]:
        return query.invitable(self.agreement) if self.may_invite and self.is_member else []

    @cached_property
    def conclusion(self) -> Conclusion | None:
        return Conclusion.objects.filter(agreement=self.agreement).first()

    @cached_property
    def copies(self) -> list[SignedCopy]:
        return list(self.conclusion.copies.defer("content")) if self.conclusion else []

    @property
    def is_public(self) -> bool:
        return len(self.parties) > 1 and all(party.consented_at and party.organisation for party in self.parties)

    @property
    def lacks_editions(self) -> bool:
        """Whether some version was saved before versions knew their edition."""
        return any(version.edition_id is None for version in self.versions)

    @cached_property
    def versions(self) -> list[AgreementVersion]:
        return list(self.agreement.versions.all())

    @cached_property
    def content_hash(self) -> str:
        return actions.content_hash(self.agreement)

    @cached_property
    def is_sealed(self) -> bool:
        return all(party.agreed_hash == self.content_hash for party in self.parties)

    def language(self, asked: str) -> str:
        return asked if asked in self.languages else self.languages[0]

    def text(self, language: str) -> Document:
        """As it stands: with the agreed wording, final once all parties have agreed to it."""
        if language not in self.texts:
            self.texts[language] = self._text(language)
        return self.texts[language]

    def _text(self, language: str) -> Document:
        return agreement_text(self.agreement, language, day=self.day, is_draft=not self.is_sealed)

    @property
    def day(self) -> date:
        """Of the text: the day of the last agreement to it, today as long as it is a draft."""
        agreed = max((party.agreed_at for party in self.parties if party.agreed_at), default=None)
        return timezone.localdate(agreed) if self.is_sealed and agreed else timezone.localdate()

    @cached_property
    def pack(self) -> FilePack | None:
        """All files in one, of the text as it stands."""
        rows = FilePack.objects.fresh(timezone.now()).filter(agreement=self.agreement, content_hash=self.content_hash)
        rows = rows.filter(is_draft=not self.is_sealed).annotate(is_ready=Q(content__isnull=False))
        return rows.defer("content").first()

    def template_text(self, language: str) -> Document:
        """The same answers in the template's own words."""
        return self._other(language, self.edition, Wording())

    def newer_text(self, language: str, edition: Edition) -> Document:
        return self._other(language, edition, Wording.from_json(self.agreement.wording))

    def version_text(self, version: AgreementVersion, language: str) -> Document:
        """In the edition that it was made with; where that is not known, in the one of now."""
        made_with = version.edition
        edition = edition_of(made_with.pk, made_with.sha256)[1] if made_with else self.edition
        return build(
            edition,
            usable_answers(edition, version.answers),
            language=language,
            date=timezone.localdate(),
            keep=version.keep,
            wording=Wording.from_json(version.wording),
        )

    def _other(self, language: str, edition: Edition, wording: Wording) -> Document:
        answers = usable_answers(edition, self.agreement.answers)
        day = timezone.localdate()
        return build(edition, answers, language=language, date=day, keep=self.agreement.keep, wording=wording)

    def deviations(self, language: str) -> list[Change]:
        return comparison.changes(self.template_text(language), self.text(language))

    @cached_property
    def current(self) -> Edition | None:
        found = current_edition(self.edition.template)
        return found[1] if found else None

    def newer(self, language: str) -> tuple[Edition, list[Change]] | None:
        """A newer edition of the template, and which clauses of this agreement it would change."""
        edition = self.current
        if edition is None or edition.sha256 == self.edition.sha256 or language not in edition.languages:
            return None
        found = comparison.changes(self.text(language), self.newer_text(language, edition))
        return edition, [*found, *self._under_own_wording(language, edition)]

    def own_wording(self, language: str) -> Mapping[str, Any]:
        """By clause of the model, what the parties agreed to say instead."""
        return Wording.from_json(self.agreement.wording).changed.get(language, {})

    def _under_own_wording(self, language: str, edition: Edition) -> Iterator[Change]:
        """What the model says now where the parties said otherwise: their wording hides that it changed."""
        own = self.own_wording(language)
        if not own:
            return
        texts = (self.template_text(language), self._other(language, edition, Wording()), self.text(language))
        before, after, now = ({part.key: comparison.clause_text(part) for part in text.walk()} for text in texts)
        for key in own:
            if key in now and key in after and before.get(key) != after[key] != now[key]:
                yield Change(Kind.CHANGED, key, now[key], after[key])

    @cached_property
    def open_proposals(self) -> list[ClauseProposal]:
        """All of them: their number and their length are bounded where they are made."""
        return list(self.agreement.proposals.filter(status=ClauseProposal.Status.OPEN))

    def decided(self, page: str, at_once: int, **about: Any) -> Page[ClauseProposal]:
        """The newest first and a page at a time: there is no end to how many there may be."""
        rows = self.agreement.proposals.exclude(status=ClauseProposal.Status.OPEN).filter(**about)
        return Paginator(rows.order_by("-decided_at", "-pk"), at_once).get_page(page)

    def agreed_keys(self) -> set[str]:
        rows = self.agreement.proposals.filter(status=ClauseProposal.Status.ACCEPTED).order_by()
        return set(rows.values_list("key", flat=True).distinct())

    def credits(self, before: Document, after: Document, since: datetime) -> dict[str, tuple[str, datetime]]:
        """By clause: who proposed what was agreed there after this time, and when they did."""
        rows = self.agreement.proposals.filter(status=ClauseProposal.Status.ACCEPTED, decided_at__gt=since)
        found = {}
        for row in rows.exclude(kind=ClauseProposal.Kind.COMMENT).order_by("decided_at", "pk"):
            if row.kind != Kind.CHANGED or row.language == after.language:
                key = f"{ADDED}{row.pk}" if row.kind == Kind.ADDED else row.key
                found[key] = (row.by_name or "–", row.created_at)
        kept = {clause.key for clause in after.walk()}
        for clause in (*before.walk(), *after.walk()):
            if clause.key in found:
                changed = [clause] if clause.key in kept else clause.walk()
                below = {key for one in changed for key in (one.key, one.absorbed) if key}
                found |= dict.fromkeys(below - set(found), found[clause.key])
        return found

    @cached_property
    def uneven(self) -> dict[str, tuple[str, ...]]:
        """The clauses that were reworded in some languages of the agreement only: in which."""
        return Wording.from_json(self.agreement.wording).uneven(self.languages)

    def find(self, language: str, key: str) -> Clause | None:
        return next((clause for clause in self.text(language).walk() if clause.key == key), None)

    def current_text(self, proposal: ClauseProposal) -> tuple[str, str]:
        """What the clause of a proposal says now, and the part whose text it shows as its own."""
        clause = self.find(proposal.language, proposal.key)
        return (comparison.clause_text(clause), clause.absorbed) if clause else ("", "")
