from dfs_mou.views.agreement.clause import clause
from dfs_mou.views.agreement.membership import agreements
from dfs_mou.views.agreement.room import room

__all__ = ["agreements", "clause", "room"]
