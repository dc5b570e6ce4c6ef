import os
import sys

from django.core.wsgi import get_wsgi_application

from dfs_site.settings.env import WrongSetting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dfs_site.settings.base")

APP_LOAD_ERROR = 4  # tells gunicorn that another worker would fail as well

try:
    application = get_wsgi_application()
except WrongSetting as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(APP_LOAD_ERROR)
