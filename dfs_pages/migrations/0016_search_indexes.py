"""Words in titles have an index of their own, as PostgreSQL's index of texts doesn't know where in one a word stands;
the translations of one language stand beside each other."""

from django.db import migrations, models

CREATE = """CREATE INDEX dfs_pages_titles ON dfs_pages_searchentry
    USING gin (to_tsvector('pg_catalog.simple'::regconfig, scope || ' ' || terms_title))"""
DROP = "DROP INDEX IF EXISTS dfs_pages_titles"


def run_on_postgresql(schema_editor, statement):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(statement)


def create(apps, schema_editor):
    run_on_postgresql(schema_editor, CREATE)


def drop(apps, schema_editor):
    run_on_postgresql(schema_editor, DROP)


class Migration(migrations.Migration):
    dependencies = [("dfs_pages", "0015_pasted_headings")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.RemoveIndex(model_name="searchentry", name="search_entry_translation"),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["language", "translation_key"], name="search_entry_in_language"),
        ),
    ]
