from dfs_mou.views.builder.saved import forget, resume
from dfs_mou.views.builder.start import builder

__all__ = ["builder", "forget", "resume"]
