"""Read by gunicorn when it is started in this folder: a wrong setting is said once, before there is any worker."""

import os
import sys
from typing import Any

from django.conf import settings

from dfs_site.settings.env import WrongSetting


def on_starting(server: Any) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.base")
    try:
        _loaded = settings.SECRET_KEY
    except WrongSetting as error:
        sys.exit(str(error))
