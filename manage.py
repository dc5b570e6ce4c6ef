#!/usr/bin/env python
"""Django's command line; finds the package of the site in the plain folder `site/`."""

import os
import sys
from pathlib import Path
from smtplib import SMTPException
from socket import gaierror

from django.core.management import execute_from_command_line
from django.db import DatabaseError


def main() -> None:
    from dfs_site.settings.env import WrongSetting

    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except WrongSetting as error:
        sys.exit(str(error))
    except BrokenPipeError:  # who read the output, such as `head`, has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
    except (DatabaseError, SMTPException, ConnectionError, gaierror) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"{in_words(error)} --traceback shows where.")


def in_words(error: Exception) -> str:
    reason = (str(error).splitlines() or ["no reason given"])[0].rstrip(".")
    if "database is locked" in reason:
        return "The database is being written to by another command: let that one end, then run this again."
    if isinstance(error, DatabaseError):
        return f"The database can't be used: {reason}. Check DATABASE_URL;"
    return f"A server that this needs can't be used: {reason}. Check the EMAIL_ settings and CACHE_URL;"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.dev")
    main()
