"""What is typed on the screen of a translation: one field for each sentence, each reason, each comment."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

MOST = 10_000  # characters of one sentence


@dataclass(frozen=True)
class Typed:
    """`text` is nothing where the sentence was left as it was shown, so that nobody's newer words are overwritten."""

    text: str | None
    reasons: dict[str, str]
    comment: str


def typed(data: QueryDict, pk: Any) -> Typed:
    shown, text = data.get(f"shown-{pk}", ""), data.get(f"text-{pk}")
    text = None if text is None else cleaned(text)
    prefix = f"reason-{pk}-"
    reasons = {name.removeprefix(prefix): cleaned(data[name])[:500] for name in data if name.startswith(prefix)}
    return Typed(
        text=None if text == cleaned(shown) else text,
        reasons={code: reason for code, reason in reasons.items() if reason.strip()},
        comment=cleaned(data.get(f"comment-{pk}", "")).strip()[:2000],
    )


def cleaned(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "")[:MOST]
