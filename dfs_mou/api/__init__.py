from dfs_mou.api import negotiation, register
from dfs_mou.api.routes import router

router.add_router("", negotiation.router)
router.add_router("", register.router)

__all__ = ["router"]
