"""What the directory answers by itself for a country and the pair of authorities chosen there."""

from collections.abc import Mapping, Sequence
from typing import Any

from dfs_mou.documents.country_forms import country_name
from dfs_mou.documents.directory import answers_from_directory
from dfs_mou.documents.merging import flat
from dfs_mou.models import Agreement
from dfs_workflow.models import Organisation

PARTIES = ("telecom_regulator", "central_bank", "third_authority")  # how the names of questions about a party begin


def directory_row(code: str, country: str, regulator: Organisation | None, bank: Organisation | None) -> dict[str, str]:
    return {
        "iso2": code,
        "country_en": country,
        "telecom_regulator": regulator.name or regulator.acronym if regulator else "",
        "telecom_regulator_acronym": regulator.acronym if regulator else "",
        "central_bank": bank.name or bank.acronym if bank else "",
        "central_bank_acronym": bank.acronym if bank else "",
    }


def directory_answers(row: dict[str, str], languages: Sequence[str]) -> dict[str, Any]:
    return answers_from_directory(row, tuple(languages)).to_json()


def is_named(agreement: Agreement, organisation: Organisation) -> bool:
    """Whether the text names an authority: as the directory does, or by its acronym where it was chosen there."""
    chosen = agreement.answers.get("parties", {})
    country = chosen.get("country", "")
    code = country if organisation.countries.filter(code=country).exists() else ""
    is_bank = organisation.kind == Organisation.Kind.CENTRAL_BANK
    row = directory_row(code, "", *((None, organisation) if is_bank else (organisation, None)))
    known = directory_answers(row, agreement.languages)
    is_chosen = str(organisation.pk) in (chosen.get("regulator"), chosen.get("bank"))
    fields = ("name", "acronym") if is_chosen else ("name",)
    return bool(_of_parties(known, fields) & _of_parties(agreement.answers, fields))


def _of_parties(answers: Mapping[str, Any], fields: Sequence[str]) -> set[str]:
    names = {f"{party}_{field}" for party in PARTIES for field in fields}
    texts = (value for (_language, name), value in flat(dict(answers)).items() if name in names)
    return {" ".join(text.casefold().split()) for text in texts if isinstance(text, str) and text.strip()}


def country_label(code: str, name: str, language: str) -> str:
    """In the reader's language where CLDR has it."""
    return country_name(code, language) or name
