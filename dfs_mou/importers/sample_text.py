"""What a chip shows where no document is made: the usual answer or the question, and the usual number."""

from typing import Any

from dfs_mou.documents.labels import labels_in
from dfs_mou.documents.numbering import annex_number

Json = dict[str, Any]


class SampleText:
    def __init__(self, data: Json, language: str) -> None:
        self.variables = {row["name"]: row for row in data["variables"]}
        self.language = language
        self.references = default_references(data, language)

    def label(self, run: Json) -> str:
        return self.variable(run["var"]) if "var" in run else self.references.get(run["ref"], run["ref"])

    def printed(self, name: str) -> str:
        """As it would read in a document."""
        return example_text(self.variables.get(name, {"default": ""}), self.language) or self.variable(name)

    def variable(self, name: str) -> str:
        row = self.variables.get(name)
        if row is None:
            return name
        default = row["default"]
        if isinstance(default, dict):
            default = default.get(self.language)
        labels = {choice["value"]: choice["label"].get(self.language, "") for choice in row["choices"]}
        if default is None or isinstance(default, bool | list):
            return str(row["label"].get(self.language, name))
        return labels.get(default) or str(default)


def example_text(row: Json, language: str) -> str:
    """The example of a question that has no usual answer, where it is one text."""
    example = (row.get("example") or {}).get(language)
    return example if row["default"] is None and isinstance(example, str) else ""


def default_references(data: Json, language: str) -> dict[str, str]:
    """“clause 12”, “Annex D”: the numbers of a document that keeps every clause."""
    return {key: text for key, (_number, text) in numbers(data, language).items()}


def numbers(data: Json, language: str) -> dict[str, tuple[str, str]]:
    """The number of each whole clause and how a reference to it reads."""
    words = labels_in(language)
    found: dict[str, tuple[str, str]] = {}
    count = 0
    for node in data["clauses"]:
        count += node["number"] is None
        number = str(count) if node["number"] is None else node["number"]
        text = words.clause % {"number": number} if number else node["title"].get(language, node["key"])
        found[node["key"]] = (number, text)
    for index, node in enumerate(data["annexes"]):
        number = annex_number(index, words)
        found[node["key"]] = (number, words.annex % {"number": number})
    return found
