"""Forms of names inside a sentence, proposed from the bare name: with its article, after “of”, after “in”.

A proposal is right or safe: where no rule gives the article, French falls back to a wording that needs none.
Whoever fills the form in can always type another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dfs_mou.documents import arabic_forms, country_forms, russian_forms, spanish_forms
from dfs_mou.documents.answers import ASK, EMPTY, Answers
from dfs_mou.documents.country_forms import begins_with_vowel
from dfs_mou.documents.edition import Edition, Variable
from dfs_mou.documents.placeholders import is_placeholder

# Institutions that English names without an article.
ENGLISH_BARE = re.compile(
    r"(Bank Indonesia|Bank Negara|Bank Al-|Bangladesh Bank|Da Afghanistan Bank|De Nederlandsche Bank|"
    r"Norges Bank|Nepal Rastra Bank|Danmarks Nationalbank|Sveriges Riksbank|Ofcom\b)"
)
FRENCH_HEADS = {
    "f": "Administration Agence Autorité Banque Caisse Commission Cour Direction Haute Instance Institution "
    "Régie Société Superintendance Union Unité",
    "m": "Bureau Centre Comité Conseil Département Fonds Gouvernement Haut Institut Ministère "
    "Observatoire Office Organe Organisme Régulateur Secrétariat Service Trésor",
}
FRENCH_GENDER = {word: gender for gender, words in FRENCH_HEADS.items() for word in words.split()}
# A French head word in a name that goes on in another language.
NOT_FRENCH = re.compile(r"\b(of|for|and|the|y|e|do|da|und)\b")
FRENCH_BARE = ("Bank Al-",)
# How French names an institution whose own name is in another language.
FRENCH_SAFE = {"bank": ("la banque centrale dénommée", "de la banque centrale dénommée")}
FRENCH_SAFE_OTHER = ("l’institution dénommée", "de l’institution dénommée")


def english_definite(name: str) -> str:
    if name.lower().startswith("the "):
        return "the " + name[4:]
    return name if ENGLISH_BARE.match(name) else f"the {name}"


def english_genitive(name: str) -> str:
    return f"of {english_definite(name)}"


def french_definite(name: str) -> str:
    gender = _french_gender(name)
    if gender is None:
        return f"{_safe(name)[0]} «\u00a0{name}\u00a0»"
    if gender == "bare":
        return name
    if begins_with_vowel(name):
        return f"l’{name}"
    return f"la {name}" if gender == "f" else f"le {name}"


def french_genitive(name: str) -> str:
    gender = _french_gender(name)
    if gender is None:
        return f"{_safe(name)[1]} «\u00a0{name}\u00a0»"
    if gender == "bare":
        return f"de {name}"
    if begins_with_vowel(name):
        return f"de l’{name}"
    return f"de la {name}" if gender == "f" else f"du {name}"


def _french_gender(name: str) -> str | None:
    if name.startswith(FRENCH_BARE):
        return "bare"
    if NOT_FRENCH.search(name):
        return None
    return FRENCH_GENDER.get(re.split(r"[\s’'-]", name)[0])


def _safe(name: str) -> tuple[str, str]:
    return FRENCH_SAFE["bank"] if re.search(r"ban[kc]", name.lower()) else FRENCH_SAFE_OTHER


def _same(name: str) -> str:
    return name


Form = Callable[[str], str]
FORMS: dict[tuple[str, str, bool], Form] = {  # language, form, whether it is a country
    ("en", "definite", False): english_definite,
    ("en", "genitive", False): english_genitive,
    ("fr", "definite", False): french_definite,
    ("fr", "genitive", False): french_genitive,
    ("es", "definite", False): spanish_forms.spanish_definite,
    ("es", "genitive", False): spanish_forms.spanish_genitive,
    ("ar", "definite", False): arabic_forms.arabic_institution,
    ("ar", "genitive", False): arabic_forms.arabic_institution,
    ("zh-hans", "definite", False): _same,
    ("zh-hans", "genitive", False): _same,
    ("ru", "definite", False): _same,
    ("ru", "genitive", False): _same,
    ("en", "locative", True): country_forms.english_locative,
    ("en", "genitive", True): country_forms.english_genitive,
    ("fr", "locative", True): country_forms.french_locative,
    ("fr", "genitive", True): country_forms.french_genitive,
    ("es", "locative", True): spanish_forms.spanish_country_locative,
    ("es", "genitive", True): spanish_forms.spanish_country_genitive,
    ("ru", "locative", True): russian_forms.russian_country_locative,
    ("ru", "genitive", True): russian_forms.russian_country_genitive,
    ("ar", "locative", True): arabic_forms.arabic_country_locative,
    ("ar", "genitive", True): _same,
    ("zh-hans", "locative", True): _same,  # the text around it says 在 and 的
    ("zh-hans", "genitive", True): _same,
}


def propose_form(edition: Edition, answers: Answers, variable: Variable, language: str) -> str | None:
    """The form of a name for a sentence, None where there is no name yet or no rule."""
    base_name, _, form = (variable.form_of or "").partition(":")
    base = edition.by_name.get(base_name)
    if base is None:
        return None
    name = answers.value(base, language)
    if name in EMPTY or name is ASK or is_placeholder(str(name)):
        return None
    rule = FORMS.get((language, form, base.type == "country"))
    return rule(str(name)) if rule else None


def with_forms(edition: Edition, answers: Answers) -> Answers:
    """The answers with a proposal for each form that was not answered; what was typed stays."""
    values = {}
    for language in {*answers.values, *edition.languages}:
        given = dict(answers.values.get(language, {}))
        for variable in edition.variables:
            if variable.form_of and given.get(variable.name) in EMPTY:
                proposal = propose_form(edition, answers, variable, language)
                if proposal:
                    given[variable.name] = proposal
        values[language] = given
    return Answers(answers.common, values)
