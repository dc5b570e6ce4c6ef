from dfs_mou.views.agreement.clause import clause
from dfs_mou.views.agreement.room import room

__all__ = ["clause", "room"]
