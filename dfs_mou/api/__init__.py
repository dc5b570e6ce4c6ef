from dfs_mou.api import negotiation
from dfs_mou.api.routes import router

router.add_router("", negotiation.router)

__all__ = ["router"]
