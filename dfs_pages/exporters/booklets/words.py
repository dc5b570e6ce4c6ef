"""What a booklet says by itself, in its language."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from dfs_pages.exporters.booklets.booklet import Booklet


@dataclass(frozen=True)
class Words:
    booklet: Booklet
    contents: str = field(init=False)
    abbreviations: str = field(init=False)
    abbreviation: str = field(init=False)
    meaning: str = field(init=False)
    not_official: str = field(init=False)
    permanent: str = field(init=False)
    picture: str = field(init=False)

    def __post_init__(self) -> None:
        with override(self.booklet.language):
            for name, words in (
                ("contents", _("Contents")),
                ("abbreviations", _("Abbreviations")),
                ("abbreviation", _("Abbreviation")),
                ("meaning", _("Meaning")),
                ("not_official", _("Not an official ITU text")),
                ("permanent", _("Permanent link")),
                ("picture", _("Picture")),
            ):
                object.__setattr__(self, name, words)
