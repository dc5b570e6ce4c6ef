"""Read by gunicorn when it is started in this folder."""

import gc
import os
import sys
from typing import Any

from django.conf import settings

from dfs_site.settings.env import WrongSetting


def on_starting(server: Any) -> None:
    """A wrong setting is said once, before there is any worker."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.base")
    try:
        _loaded = settings.SECRET_KEY
    except WrongSetting as error:
        sys.exit(str(error))


def post_worker_init(worker: Any) -> None:
    """What is loaded by now stays: looking through it for garbage again and again took an eighth of each answer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
