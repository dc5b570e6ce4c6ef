"""Builds the document tree: once per edition, answers, kept clauses, language and date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from dfs_mou.documents import arabic_forms, russian_forms
from dfs_mou.documents.answers import Answers
from dfs_mou.documents.answers_file import source_of
from dfs_mou.documents.clauses import Node, Run
from dfs_mou.documents.clauses import Paragraph as Source
from dfs_mou.documents.conditions import clauses_in
from dfs_mou.documents.document import (
    Block,
    Clause,
    Document,
    Paragraph,
    SignatureLine,
    Span,
    Spans,
)
from dfs_mou.documents.edition import Edition
from dfs_mou.documents.labels import Labels, labels_in
from dfs_mou.documents.name_forms import with_forms
from dfs_mou.documents.numbering import annex_number, child_label
from dfs_mou.documents.party_order import ordered
from dfs_mou.documents.values import list_block, long_date, value_spans
from dfs_mou.documents.wording import Wording, amended
from dfs_workflow.sorting import sort_key

LIST_TYPES = ("legal_acts_list", "list_of_contacts")
OPENING_QUOTES = '“«"„「『'
QUOTED = re.compile(r"“[^”]+”|«[^»]+»|\"[^\"]+\"|„[^“]+“|「[^」]+」")
AGREEING = {"ar": arabic_forms.agreeing, "ru": russian_forms.agreeing}  # words with the number before them
BETWEEN_TERMS = 6  # “A”, “B” and “C”: at most a comma and a word
RULE = re.compile(r"\s*_{5,}\s*")


class UnknownLanguage(ValueError):
    """A language in which the edition has no text."""


def build(
    edition: Edition,
    answers: Answers,
    *,
    language: str,
    date: datetime.date,
    keep: Collection[str] | None = None,
    is_draft: bool = True,
    wording: Wording | None = None,
) -> Document:
    """`wording`: what the parties agreed to say instead of the template."""
    if language not in edition.languages:
        known = ", ".join(edition.languages)
        raise UnknownLanguage(f"The template has no text in “{language[:20]}”; it has {known}.")
    return _Builder(edition, answers, keep, language, wording or Wording()).document(date, is_draft)


class _Builder:
    def __init__(
        self, edition: Edition, answers: Answers, keep: Collection[str] | None, language: str, wording: Wording
    ) -> None:
        self.edition_sha256 = edition.sha256
        self.names = {node.key: node.title.get(language) or node.key for node in edition.nodes()}
        self.source = source_of(edition, answers, keep, wording)
        self.edition = edition = ordered(amended(edition, wording), answers)
        self.answers = with_forms(edition, answers)
        self.language = language
        self.labels = labels_in(language)
        self.states = clauses_in(edition, answers, keep)
        self.clauses = tuple(self._printed(edition.clauses))
        self.annexes = tuple(self._printed(edition.annexes))
        self.numbers = {**self._clause_numbers(), **self._annex_numbers()}

    def document(self, date: datetime.date, is_draft: bool) -> Document:
        clauses = [self._top(node) for node in self.clauses]
        cover = clauses.pop(0) if clauses and clauses[0].role == "cover" else None
        return Document(
            language=self.language,
            title=self._title(cover),
            template=self.edition.template,
            template_title=self.edition.title.get(self.language, ""),
            version=self.edition.version,
            edition_sha256=self.edition_sha256,
            date=date.isoformat(),
            date_text=long_date(date, self.labels),
            is_draft=is_draft,
            cover=cover,
            clauses=tuple(clauses),
            annexes=tuple(self._top(node) for node in self.annexes),
            source=self.source,
        )

    def _title(self, cover: Clause | None) -> str:
        """The name of the instrument and the country: what a list of files needs to show."""
        title = cover.title if cover else self.edition.title.get(self.language, "")
        for variable in self.edition.variables:
            if variable.type == "country":
                name = self.answers.value(variable, self.language)
                return f"{title}{self.labels.dash}{name}" if name else title
        return title

    def _printed(self, nodes: Collection[Node]) -> Iterator[Node]:
        return (node for node in nodes if self.states[node.key].is_in)

    def _clause_numbers(self) -> dict[str, str]:
        numbers, count = {}, 0
        for node in self.clauses:
            count += node.number is None
            numbers[node.key] = str(count) if node.number is None else node.number
        return numbers

    def _annex_numbers(self) -> dict[str, str]:
        return {node.key: annex_number(i, self.labels) for i, node in enumerate(self.annexes)}

    def _top(self, node: Node) -> Clause:
        is_annex = node in self.annexes
        number = self.numbers[node.key]
        blocks, parts, absorbed = self._blocks(node), tuple(self._printed(node.clauses)), ""
        source = node
        if not blocks and len(parts) == 1:  # a single part is shown as the text of the clause itself
            source, absorbed = parts[0], parts[0].key
            blocks, parts = self._blocks(source), tuple(self._printed(source.clauses))
        is_cover = node is self.clauses[0] and node.number == "" and not node.clauses
        blocks = (*self._warning(node), *blocks)
        label = self.labels.annex % {"number": number} if is_annex else f"{number}." if number else ""
        return Clause(
            key=node.key,
            role="annex" if is_annex else "cover" if is_cover else "clause",
            level=1,
            label=label,
            number=number,
            style="annex" if is_annex else "clause" if node.number is None else "given",
            title=node.title.get(self.language, ""),
            blocks=blocks,
            clauses=self._parts(source, parts, number, 2),
            reference=node.reference or "",
            absorbed=absorbed,
        )

    def _warning(self, node: Node) -> Iterator[Block]:
        """No translation prints silently beside a source that says something else by now."""
        if day := node.outdated.get(self.language):
            date = long_date(datetime.date.fromisoformat(day), self.labels)
            text = f"[{self.labels.outdated % {'date': date}}]"
            yield Paragraph((Span("text", text, bold=True),), is_notice=True)

    def _parts(self, node: Node, parts: tuple[Node, ...], prefix: str, level: int) -> tuple[Clause, ...]:
        style = node.numbering.get(self.language, "decimal")
        built = []
        for index, part in enumerate(parts):
            label = child_label(style, index, prefix, self.labels)
            below = tuple(self._printed(part.clauses))
            clause = Clause(
                key=part.key,
                role="part",
                level=level,
                label=label,
                number=label,
                style=style,
                title=part.title.get(self.language, ""),
                blocks=self._blocks(part),
                clauses=self._parts(part, below, label.strip("().") if style == "decimal" else "", level + 1),
            )
            built.append(clause)
        return self._special(tuple(built), style)

    def _special(self, parts: tuple[Clause, ...], style: str) -> tuple[Clause, ...]:
        """Unnumbered parts that all open with a quoted term are definitions; with a rule, signatures."""
        if style != "none" or not parts:
            return parts
        if all(_opens_with_quote(part) for part in parts):
            ordered = sorted(parts, key=lambda part: sort_key(_plain(part), self.language))
            return tuple(_definition(part) for part in ordered)
        if all(any(isinstance(block, SignatureLine) for block in part.blocks) for part in parts):
            return tuple(_signature(part, self.labels) for part in parts)
        return parts

    def _blocks(self, node: Node) -> tuple[Block, ...]:
        return tuple(block for source in node.body.get(self.language, ()) for block in self._block(source))

    def _block(self, source: Source) -> Iterator[Block]:
        variable = self.edition.by_name[source[0].var] if len(source) == 1 and source[0].var else None
        if variable and variable.type in LIST_TYPES:
            value = self.answers.value(variable, self.language)
            yield list_block(variable, value, self.language, self.labels)
            return
        for line in _split_at_rules(source):
            if line is None:
                yield SignatureLine(self.labels.signature)
            else:
                spans = tuple(span for run in line for span in self._spans(run))
                agreeing = AGREEING.get(self.language)
                yield Paragraph(agreeing(spans) if agreeing else spans)

    def _spans(self, run: Run) -> Spans:
        if run.is_break:
            return (Span("break"),)
        if run.var:
            variable = self.edition.by_name[run.var]
            value = self.answers.value(variable, self.language)
            return value_spans(variable, value, self.language, self.labels)
        if run.ref:
            return (self._reference(run.ref),)
        return (Span("text", run.text or "", bold=run.bold),)

    def _reference(self, key: str) -> Span:
        if key not in self.numbers:  # the parties left it out
            return Span("text", self.labels.left_out % {"name": self.names.get(key, key)})
        number = self.numbers[key]
        if not number:  # a clause without a number is named by its title
            return Span("reference", self.edition.by_key[key].title.get(self.language, key), key=key)
        pattern = self.labels.annex if key in {node.key for node in self.annexes} else self.labels.clause
        return Span("reference", pattern % {"number": number}, key=key, number=number)


def _split_at_rules(source: Source) -> Iterator[tuple[Run, ...] | None]:
    """The lines of a paragraph between rules drawn with underscores; None stands for a rule."""
    runs: list[Run] = []
    for run in source:
        if run.text and RULE.fullmatch(run.text):
            if runs and runs[-1].is_break:
                runs.pop()
            if runs:
                yield tuple(runs)
            runs = []
            yield None
        elif runs or not run.is_break:
            runs.append(run)
    if runs:
        yield tuple(runs)


def _plain(clause: Clause) -> str:
    first = clause.blocks[0] if clause.blocks else None
    return "".join(span.text for span in first.spans) if isinstance(first, Paragraph) else ""


def _opens_with_quote(clause: Clause) -> bool:
    return _plain(clause)[:1] in tuple(OPENING_QUOTES)


def _definition(clause: Clause) -> Clause:
    """The defined terms in bold, as lawyers expect it."""
    first = clause.blocks[0]
    assert isinstance(first, Paragraph)
    head, *rest = first.spans
    if head.kind != "text":
        return replace(clause, role="definition")
    spans: list[Span] = []
    position = 0
    for match in QUOTED.finditer(head.text):
        if match.start() - position > BETWEEN_TERMS:
            break
        if match.start() > position:
            spans.append(replace(head, text=head.text[position : match.start()]))
        spans.append(replace(head, text=match[0], bold=True))
        position = match.end()
    if position < len(head.text):
        spans.append(replace(head, text=head.text[position:]))
    return replace(clause, role="definition", blocks=(Paragraph((*spans, *rest)), *clause.blocks[1:]))


def _signature(clause: Clause, labels: Labels) -> Clause:
    """Beside a line to fill in a signature block stands what belongs on it: there is no sentence to tell."""
    blocks = []
    for block in clause.blocks:
        if isinstance(block, Paragraph):
            spans: list[Span] = []
            for span in block.spans:
                hinted = span.kind == "blank" and span.hint
                spans += [span, Span("text", labels.aside % span.hint)] if hinted else [span]
            block = Paragraph(tuple(spans))
        blocks.append(block)
    return replace(clause, role="signature", blocks=tuple(blocks))
