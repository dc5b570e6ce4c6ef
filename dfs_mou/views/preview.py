"""A page of a template as its editor left it in the form, inside the whole document, with the answers of a pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dfs_mou import query
from dfs_mou.documents import html
from dfs_mou.documents.clauses import Node
from dfs_mou.documents.conditions import ClauseState, clauses_in
from dfs_mou.documents.document import Clause, Document
from dfs_mou.documents.edition import Edition, EditionError
from dfs_mou.documents.edition_checks import problems
from dfs_mou.documents.tree import build
from dfs_mou.exporters import pairs
from dfs_mou.exporters.directory_answers import country_label
from dfs_mou.exporters.edition_json import edition_json
from dfs_mou.exporters.samples import example_for, example_pairs, pair_label, sample_answers
from dfs_mou.models import ClausePage, MouTemplatePage, QuestionGroupPage
from dfs_mou.views.builder.fields import language_name
from dfs_mou.views.lint import unreadable
from dfs_mou.views.words import Words

SESSION = "dfs_mou_sample"
Ours = MouTemplatePage | QuestionGroupPage | ClausePage


@dataclass(frozen=True)
class Preview:
    """`notes`: what to know about the page that is being written; `problems`: why there is no document yet."""

    sample: str
    language: str
    samples: list[tuple[str, list[tuple[str, str]]]]
    languages: list[tuple[str, str]]
    document: SafeString = SafeString()
    target: str = ""
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def template_preview(page: Ours, request: HttpRequest) -> Preview:
    ui_language = get_language() or "en"
    chosen = request.session.get(SESSION) or {}
    language = chosen.get("language") or page.locale.language_code
    sample = chosen.get("sample") or example_for(language)
    template = query.source_template(page)
    if template is None:
        return Preview(sample, language, [], [], problems=[_("The page is below no template.")])
    edition, found = draft_edition(template, page, language)
    shown = Preview(sample, chosen.get("language", ""), offered(ui_language), languages(template), problems=found)
    if edition is None:
        return shown
    language = language if language in edition.languages else edition.languages[0]
    return drawn(shown, page, edition, language)


def draft_edition(template: MouTemplatePage, page: Ours, language: str) -> tuple[Edition | None, list[str]]:
    """With the drafts of all pages, or where these can't be printed with what is live beside the page itself."""
    found: list[str] = []
    for drafts in (True, False):
        try:
            edition = Edition.from_json(edition_json(template, drafts=drafts, instead=page, only=[language]))
        except EditionError as error:
            found = [unreadable(error).sentence]
            continue
        found = [str(row) for row in problems(edition)]
        if not found:
            return edition, []
    return None, found


def drawn(shown: Preview, page: Ours, edition: Edition, language: str) -> Preview:
    answers = sample_answers(edition, shown.sample)
    words = Words(edition, language)
    states = clauses_in(edition, answers)
    own = edition.by_key.get(page.key) if isinstance(page, ClausePage) else None
    nodes = list(own.walk()) if own else list(edition.nodes()) if isinstance(page, MouTemplatePage) else []
    notes = list(_left_out(nodes, states, words)) if own else []
    if own and not states[own.key].is_in:
        notes.insert(0, _("With these answers the clause is not printed. It stands here all the same."))
        edition = _always_printed(edition, own.key)
    document = build(edition, answers, language=language, date=timezone.localdate())
    conditions = {node.key: condition_note(node, words) for node in nodes if node.condition}
    text = _Annotated(document, conditions, own.key if own else "").article()
    is_printed = own is not None and any(top.key == own.key for top in document.tops)
    target = own.key if own and is_printed else ""
    return replace(shown, document=mark_safe(text), target=target, notes=notes)  # noqa: S308  drawn from escaped text


def condition_note(node: Node, words: Words) -> str:
    assert node.condition is not None
    return _("Printed only if %(condition)s.") % {"condition": words.condition(node.condition)}


def _left_out(nodes: list[Node], states: Mapping[str, ClauseState], words: Words) -> Iterator[str]:
    """The parts of the clause that these answers leave out, and why."""
    for node in nodes:
        state = states[node.key]
        if not state.is_in:
            yield _("“%(clause)s”: %(reason)s") % {"clause": words.clause(node.key), "reason": words.reason(state)}


def _always_printed(edition: Edition, key: str) -> Edition:
    def kept(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(
            replace(node, condition=None, kind="mandatory", alternatives_group=None) if node.key == key else node
            for node in nodes
        )

    return replace(edition, clauses=kept(edition.clauses), annexes=kept(edition.annexes))


class _Annotated(html.Drawing):
    """The document with the condition of each part before its text."""

    def __init__(self, document: Document, conditions: Mapping[str, str], own: str) -> None:
        super().__init__(document, heading_level=2)
        self.conditions = conditions
        self.own = own

    def note(self, clause: Clause) -> str:
        lines = [self.conditions[key] for key in (clause.key, clause.absorbed) if key in self.conditions]
        mark = f'<p class="mou-note mou-own">{escape(_("This is the clause that you are writing."))}</p>\n'
        return (mark if clause.key == self.own else "") + "".join(
            f'<p class="mou-note">{escape(line)}</p>\n' for line in lines
        )


def offered(ui_language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    shipped = [
        (name, pair_label(name, country_label(pair["country_code"], "", ui_language)))
        for name, pair in example_pairs().items()
    ]
    rows = []
    for name, (code, country, regulator, bank) in pairs.pairs().items():
        names = [party.acronym or party.name for party in (regulator, bank) if party]
        rows.append((name, f"{country_label(code, country, ui_language)}{_(': ')}{_(', ').join(names)}"))
    return [(_("With all answers"), shipped), (_("From the directory"), sorted(rows, key=lambda row: row[1]))]


def languages(template: MouTemplatePage) -> list[tuple[str, str]]:
    codes = MouTemplatePage.objects.filter(translation_key=template.translation_key).order_by("path")
    return [(code, language_name(code)) for code in codes.values_list("locale__language_code", flat=True)]


@require_POST
def choose_sample(request: HttpRequest) -> HttpResponse:
    """Kept for the session of the editor; the preview shows it wherever they go on writing."""
    sample, language = request.POST.get("sample", ""), request.POST.get("language", "")
    chosen: dict[str, Any] = {}
    if sample in example_pairs() or pairs.pair_of(sample):
        chosen["sample"] = sample
    if MouTemplatePage.objects.filter(locale__language_code=language).exists():
        chosen["language"] = language
    request.session[SESSION] = chosen
    back = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if is_ours else reverse("wagtailadmin_home"))
