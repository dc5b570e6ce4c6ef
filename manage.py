#!/usr/bin/env python
"""Django's command line; finds the package of the site in the plain folder `site/`."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.dev")
    execute_from_command_line(sys.argv)
