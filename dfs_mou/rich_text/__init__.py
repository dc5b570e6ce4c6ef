from dfs_mou.rich_text.chips import CHIPS, register_chips
from dfs_mou.rich_text.runs import html_of, runs_of

__all__ = ["CHIPS", "html_of", "register_chips", "runs_of"]
