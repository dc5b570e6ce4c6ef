"""What the directory answers by itself for a country and the pair of authorities chosen there."""

from collections.abc import Sequence
from typing import Any

from dfs_mou.documents.country_forms import country_name
from dfs_mou.documents.directory import answers_from_directory
from dfs_workflow.models import Organisation


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


def country_label(code: str, name: str, language: str) -> str:
    """In the reader's language where CLDR has it."""
    return country_name(code, language) or name
