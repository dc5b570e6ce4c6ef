from dfs_mou.api.routes import router

__all__ = ["router"]
