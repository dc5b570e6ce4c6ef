"""Whoever confirmed a member before without having let them in counts.

A migration of its own: PostgreSQL makes no index on a table whose rows were changed in the same transaction.
"""

from django.db import migrations
from django.db.models import F


def remember(apps, schema_editor):
    rows = apps.get_model("dfs_workflow", "Membership").objects.exclude(confirmed_by=None).filter(vouched_by=None)
    rows.exclude(confirmed_by=F("started_by")).exclude(confirmed_by=F("user")).update(vouched_by=F("confirmed_by"))


class Migration(migrations.Migration):
    dependencies = [
        ("dfs_workflow", "0020_words_for_readers"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
