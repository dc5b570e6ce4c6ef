"""Database queries per page, without the cache of anonymous answers."""

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

PAGES = (
    "/en/",
    "/en/recommendations/",
    "/en/recommendations/sim-swap/",
    "/en/r/SIM-MNO-03/",
    "/en/r/SAF-053/",
    "/en/mou/",
    "/en/r/MOU-026/",
    "/en/search/?q=sim",
    "/en/glossary/",
    "/api/v1/recommendations?limit=20",
    "/api/v1/controls?limit=20",
)

print("\nqueries per page, uncached")
for path in PAGES:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    print(f"  {path:45} {response.status_code} {len(captured):3} queries {len(response.content) / 1000:7.1f} kB")
