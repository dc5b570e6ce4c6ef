"""The supplied template in a language that it has as PO, without a database: each text by its source."""

import re
from collections import defaultdict
from functools import lru_cache

import polib

from dfs_mou.documents.edition import Edition
from dfs_mou.importers.template_files import translation_files
from tests.dfs_mou.mou_content import supplied_json

TOKEN = re.compile(r'<a id="(a\d+)">[^<]*</a>|<br/>')


@lru_cache(8)
def edition_in(language: str) -> Edition:
    """English beside the language."""
    file = polib.pofile(str(translation_files()[language]))
    texts = defaultdict(dict)
    for entry in file:
        texts[TOKEN.sub(r"{\1}", entry.msgid)][entry.comment if entry.msgctxt else entry.msgid] = entry.msgstr
    source = supplied_json()
    labels = {variable["name"]: variable["label"]["en"] for variable in source["variables"]}
    return Edition.from_json({**_Translated(language, texts, labels).of(source), "languages": ["en", language]})


class _Translated:
    def __init__(self, language, texts, labels):
        self.language, self.texts, self.labels = language, texts, labels

    def of(self, data, key=""):
        if isinstance(data, list):
            return [self.of(part, key) for part in data]
        if not isinstance(data, dict):
            return data
        if "en" in data:
            return {"en": data["en"], self.language: self.value(data["en"], key)}
        key = data.get("key", key)
        return {name: self.of(part, key) for name, part in data.items()}

    def value(self, source, key):
        if isinstance(source, str):
            found = self.texts.get(source, {})
            return found.get(key) or found.get(source, source)
        if isinstance(source, list) and source and isinstance(source[0], list):
            return [self.paragraph(runs) for runs in source]
        return source

    def paragraph(self, runs):
        chips = [run for run in runs if "var" in run or "ref" in run]
        count = iter(range(1, len(chips) + 1))
        said = "".join(run.get("text") or ("{}" if "break" in run else f"{{a{next(count)}}}") for run in runs)
        texts = self.texts[said]
        # Two sentences that differ in what stands in their chip only.
        label = self.labels.get(chips[0].get("var", ""), "") if len(texts) > 1 and chips else ""
        return list(self.runs(next(text for msgid, text in texts.items() if label in msgid), chips))

    def runs(self, text, chips):
        position = 0
        for match in TOKEN.finditer(text):
            if match.start() > position:
                yield {"text": text[position : match.start()]}
            yield chips[int(match[1][1:]) - 1] if match[1] else {"break": True}
            position = match.end()
        if position < len(text):
            yield {"text": text[position:]}
