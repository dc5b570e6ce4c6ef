#!/usr/bin/env python
"""Django's command line; finds the package of the site in the plain folder `site/`."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line
from django.db import DatabaseError


def main() -> None:
    from dfs_site.settings.env import WrongSetting

    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as error:
        sys.exit(str(error))
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        reason = (str(error).splitlines() or ["no reason given"])[0]
        sys.exit(f"The database can't be used: {reason.rstrip('.')}. Check DATABASE_URL; --traceback shows where.")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.dev")
    main()
