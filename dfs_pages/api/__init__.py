from dfs_pages.api.router import router

__all__ = ["router"]
