from dfs_mou.blocks.clauses import CLAUSE_TEXT_FEATURES, ItemBlock, SubClauseBlock
from dfs_mou.blocks.conditions import ConditionRowsBlock
from dfs_mou.blocks.machine import KeyBlock
from dfs_mou.blocks.variables import VariableBlock

__all__ = [
    "CLAUSE_TEXT_FEATURES",
    "ConditionRowsBlock",
    "ItemBlock",
    "KeyBlock",
    "SubClauseBlock",
    "VariableBlock",
]
