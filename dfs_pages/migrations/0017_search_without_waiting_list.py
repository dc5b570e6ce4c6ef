"""PostgreSQL keeps what is new in an index for a while in a list, which each search would read to its end."""

from django.db import migrations

INDEXES = ("dfs_pages_fulltext", "dfs_pages_titles")


def set_list(schema_editor, value):
    if schema_editor.connection.vendor != "postgresql":
        return
    for index in INDEXES:
        schema_editor.execute(f"ALTER INDEX {index} SET (fastupdate = {value})")
        schema_editor.execute(f"SELECT gin_clean_pending_list('{index}'::regclass)")


def without(apps, schema_editor):
    set_list(schema_editor, "off")


def with_it(apps, schema_editor):
    set_list(schema_editor, "on")


class Migration(migrations.Migration):
    dependencies = [("dfs_pages", "0016_search_indexes")]

    operations = [migrations.RunPython(without, with_it)]
