"""Whether an edition makes sense: what neither a file nor a set of pages may get wrong.

`problems` says everything that is wrong, one sentence each; an edition with none prints for any answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dfs_mou.documents.clauses import NUMBERINGS, Condition, Node
from dfs_mou.documents.edition import Edition, Variable
from dfs_mou.documents.edition_presence import chains, is_printed_with, wrong_groups

NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
KEY = re.compile(r"[a-z][a-z0-9-]{0,63}")
NAME_LENGTH = 60


@dataclass(frozen=True)
class Problem:
    """`keys`: the clauses that it is about, `name`: the question, `field`: where it stands in their form."""

    sentence: str
    keys: tuple[str, ...] = ()
    name: str = ""
    field: str = ""

    def __str__(self) -> str:
        return self.sentence


def problems(edition: Edition) -> list[Problem]:
    keys = list(_keys(edition))
    found = [*_languages(edition), *_variables(edition), *keys]
    if keys or not edition.languages or not edition.clauses:  # what follows looks keys up
        return found
    for top in (*edition.clauses, *edition.annexes):
        for node in top.walk():
            found += _node(edition, node)
    found += _references(edition)
    return found or list(_alternatives(edition))


def is_loose(edition: Edition) -> bool:
    """Whether a name or a key leads nowhere, so that nothing can be said about answers yet."""
    first = [*_languages(edition), *_variables(edition), *_keys(edition)]
    if first:
        return True
    named = {test.var for node in edition.nodes() if node.condition for test in node.condition.tests()}
    printed = {run.var for node in edition.nodes() for lang in edition.languages for run in node.runs(lang) if run.var}
    required = {key for node in edition.nodes() for key in node.requires}
    return not (named | printed <= set(edition.by_name) and required <= set(edition.by_key))


def _at(place: Problem, field: str, sentence: str, **words: Any) -> Problem:
    whole = _("%(place)s: %(sentence)s") % {"place": place.sentence, "sentence": sentence % words}
    return replace(place, sentence=whole, field=field)


def _languages(edition: Edition) -> Iterator[Problem]:
    if not edition.languages:
        yield Problem(_("The edition has no language."))
    if not edition.clauses:
        yield Problem(_("The edition has no clause."))
    for language in edition.languages:
        if not edition.title.get(language):
            yield Problem(_("The title is missing in “%(language)s”.") % {"language": language})


def _variables(edition: Edition) -> Iterator[Problem]:
    groups = {group.key for group in edition.groups}
    for name, times in Counter(variable.name for variable in edition.variables).items():
        if times > 1:
            sentence = _("Variable “%(name)s” is declared %(times)s times.") % {"name": name, "times": times}
            yield Problem(sentence, name=name, field="name")
    for variable in edition.variables:
        place = _question(variable)
        if not NAME.fullmatch(variable.name):
            yield _at(place, "name", _("a name has small letters, digits and underscores only."))
        if variable.group not in groups:
            yield _at(place, "group", _("the group “%(group)s” is not declared."), group=variable.group)
        if variable.form_of and variable.form_of.split(":")[0] not in edition.by_name:
            yield _at(place, "form_of", _("it is a form of “%(name)s”, which is not declared."), name=variable.form_of)
        if (variable.type == "choice") != bool(variable.choices):
            yield _at(place, "choices", _("choices belong to the type “choice”, and to no other."))
        for language in edition.languages:
            if not variable.label.get(language):
                yield _at(place, "label", _("the label is missing in “%(language)s”."), language=language)
        yield from _defaults(edition, variable, place)


def _question(variable: Variable) -> Problem:
    """By its words, and by its key, which stands in the form and in a file."""
    label = _in_readers_language(variable.label)
    words = {"name": variable.name, "question": label}
    sentence = _("Question “%(question)s” (%(name)s)") if label else _("Variable “%(name)s”")
    return Problem(sentence % words, name=variable.name)


def _in_readers_language(texts: Mapping[str, str]) -> str:
    return texts.get(get_language() or "") or next(iter(texts.values()), "")


def _defaults(edition: Edition, variable: Variable, place: Problem) -> Iterator[Problem]:
    if None not in (variable.min, variable.max) and variable.min > variable.max:  # type: ignore[operator]
        yield _at(place, "min", _("the minimum is above the maximum."))
    for language in edition.languages:
        default = variable.default_in(language)
        if default is not None and not _fits(variable, default):
            yield _at(
                place, "default_value", _("the default “%(value)s” is not one of its values."), value=str(default)[:60]
            )


def _said(variable: Variable, value: Any) -> str:
    """An answer in the words of who reads the sentence, as far as the edition has them."""
    labels = {choice.value: _in_readers_language(choice.label) for choice in variable.choices}
    if isinstance(value, bool):
        words = _("yes") if value else _("no")
    else:
        words = _("left empty") if value is None else labels.get(value) or str(value)
    question = _in_readers_language(variable.label) or variable.name
    return _("%(question)s: %(value)s") % {"question": question, "value": words}


def _fits(variable: Variable, value: Any) -> bool:
    if variable.type == "choice":
        return value in [choice.value for choice in variable.choices]
    if variable.type == "boolean":
        return isinstance(value, bool)
    if variable.type == "integer":
        low, high = variable.min, variable.max
        return type(value) is int and (low is None or value >= low) and (high is None or value <= high)
    return isinstance(value, list if variable.type in ("list_of_contacts", "legal_acts_list") else str)


def _keys(edition: Edition) -> Iterator[Problem]:
    for key, times in Counter(node.key for node in edition.nodes()).items():
        if times > 1:
            sentence = _("The clause key “%(key)s” is used %(times)s times.") % {"key": key, "times": times}
            yield Problem(sentence, (key,), field="key")
        if not KEY.fullmatch(key):
            sentence = _("The clause key “%(key)s” has something else than small letters, digits and hyphens.")
            yield Problem(sentence % {"key": key}, (key,), field="key")
    tops: dict[str, list[str]] = {}
    for node in (*edition.clauses, *edition.annexes):
        tops.setdefault(node.reference, []).append(node.key)
    for reference, keys in tops.items():
        if reference and len(keys) > 1:
            sentence = _("The reference “%(reference)s” is used %(times)s times.")
            yield Problem(sentence % {"reference": reference, "times": len(keys)}, tuple(keys), field="reference")


def _node(edition: Edition, node: Node) -> Iterator[Problem]:
    place = _clause(edition, node)
    if (node.kind == "alternative") != bool(node.alternatives_group):
        yield _at(
            place, "alternatives_group", _("only an alternative has a group of alternatives, and it must have one.")
        )
    if node.kind == "alternative" and node.condition is None:
        yield _at(place, "condition", _("an alternative needs a condition."))
    for language, style in node.numbering.items():
        if style not in NUMBERINGS:
            sentence = _("the numbering “%(style)s” in “%(language)s” is unknown.")
            yield _at(place, "numbering", sentence, style=style, language=language)
    if node.condition:
        yield from _condition(edition, node.condition, place)
    variables = {lang: {run.var for run in node.runs(lang) if run.var} for lang in edition.languages}
    for name in sorted(set().union(*variables.values()) - set(edition.by_name)):
        yield _at(place, "body", _("the variable “%(name)s” is not declared."), name=name)
    for key in node.requires:
        if key not in edition.by_key:
            yield _at(place, "requires", _("it requires the clause “%(key)s”, which does not exist."), key=key)
        elif edition.by_key[key].kind != "optional":
            name = name_of(edition, key)
            yield _at(place, "requires", _("it requires the clause “%(key)s”, which is not optional."), key=name)
    for language in _lacking(edition, node.body):
        yield _at(place, "body", _("the text is missing in “%(language)s”."), language=language)
    for language in _lacking(edition, node.title):
        yield _at(place, "title", _("the title is missing in “%(language)s”."), language=language)
    if len({frozenset(names) for names in variables.values()}) > 1:
        yield _at(place, "body", _("the variables differ from one language to another."))
    references = {frozenset(run.ref for run in node.runs(lang) if run.ref) for lang in edition.languages}
    if len(references) > 1:
        yield _at(place, "body", _("the references to clauses differ from one language to another."))


def _lacking(edition: Edition, texts: Mapping[str, Any]) -> list[str]:
    """Where something is said in one language, the others in which it isn't."""
    missing = [language for language in edition.languages if not texts.get(language)]
    return missing if len(missing) < len(edition.languages) else []


def _clause(edition: Edition, node: Node) -> Problem:
    """By its words, and by its key, which stands in the form and in a file."""
    words = {"name": name_of(edition, node.key), "key": node.key}
    return Problem(_("Clause “%(name)s” (%(key)s)") % words, (node.key,))


def name_of(edition: Edition, key: str) -> str:
    """The title of a clause or how its text begins, in the language of who reads the sentence."""
    node = edition.by_key.get(key)
    if node is None:
        return key
    language = get_language() or ""
    for code in (language, *edition.languages):
        words = node.title.get(code) or "".join(run.text or "…" for run in node.runs(code))
        if words:
            return words if len(words) <= NAME_LENGTH else f"{words[:NAME_LENGTH].rsplit(' ', 1)[0]}…"
    return key


def _condition(edition: Edition, condition: Condition, place: Problem) -> Iterator[Problem]:
    for test in condition.tests():
        variable = edition.by_name.get(test.var)
        if variable is None:
            yield _at(place, "condition", _("its condition names “%(name)s”, which is not declared."), name=test.var)
            continue
        if test.op == "in" and not isinstance(test.value, list):
            yield _at(place, "condition", _("“in” needs a list of values."))
            continue
        values = test.value if test.op == "in" else [] if test.op == "set" else [test.value]
        for value in values:
            if variable.type in ("choice", "boolean", "integer") and not _fits(variable, value):
                name = _in_readers_language(variable.label) or test.var
                yield _at(place, "condition", _("“%(value)s” is not a value of “%(name)s”."), value=value, name=name)


def _references(edition: Edition) -> Iterator[Problem]:
    """A reference must lead to a whole clause or annex that is printed whenever the reference is."""
    tops = {node.key: node for node in (*edition.clauses, *edition.annexes)}
    for chain in chains(edition):
        place = _clause(edition, chain[-1])
        for target in sorted({run.ref for lang in edition.languages for run in chain[-1].runs(lang) if run.ref}):
            name = name_of(edition, target)
            if target not in tops:
                yield _at(place, "body", _("the reference to “%(key)s” leads to no clause or annex."), key=name)
            elif not is_printed_with(edition, tops[target], chain):
                yield _at(
                    place, "body", _("it refers to “%(key)s”, which may be absent, without requiring it."), key=name
                )


def _alternatives(edition: Edition) -> Iterator[Problem]:
    for row in wrong_groups(edition):
        sentence = _("The alternatives “%(name)s”: with %(answers)s %(count)s are printed, not one.") % {
            "name": row.name,
            "answers": _("; ").join(_said(edition.by_name[key], value) for key, value in row.answers.items()),
            "count": row.count,
        }
        yield Problem(sentence, row.keys, field="alternatives_group")
