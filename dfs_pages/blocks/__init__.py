from dfs_pages.blocks.fixed import CodesBlock, FixedTextBlock
from dfs_pages.blocks.narrative import Detail, Narrative
from dfs_pages.blocks.records import Chosen, Outcomes, References, Risks, Sources, Threats
from dfs_pages.blocks.table import Table

__all__ = [
    "Chosen",
    "CodesBlock",
    "Detail",
    "FixedTextBlock",
    "Narrative",
    "Outcomes",
    "References",
    "Risks",
    "Sources",
    "Table",
    "Threats",
]
