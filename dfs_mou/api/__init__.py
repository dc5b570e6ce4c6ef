from dfs_mou.api import negotiation, register, state
from dfs_mou.api.routes import router

router.add_router("", negotiation.router)
router.add_router("", register.router)
router.add_router("", state.router)

__all__ = ["router"]
