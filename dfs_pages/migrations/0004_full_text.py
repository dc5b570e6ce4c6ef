"""The full-text index of the database over the rows of `SearchEntry`: it follows them by itself."""

from django.db import migrations

COLUMNS = "scope, terms_title, terms_lead, terms_body"
OLD = "old.id, old.scope, old.terms_title, old.terms_lead, old.terms_body"
NEW = "new.id, new.scope, new.terms_title, new.terms_lead, new.terms_body"
FORGET = f"INSERT INTO dfs_pages_fulltext (dfs_pages_fulltext, rowid, {COLUMNS}) VALUES ('delete', {OLD});"
LEARN = f"INSERT INTO dfs_pages_fulltext (rowid, {COLUMNS}) VALUES ({NEW});"
SQLITE = (
    f"""CREATE VIRTUAL TABLE dfs_pages_fulltext USING fts5(
        {COLUMNS}, content='dfs_pages_searchentry', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
    )""",
    f"CREATE TRIGGER dfs_pages_fulltext_ai AFTER INSERT ON dfs_pages_searchentry BEGIN {LEARN} END",
    f"CREATE TRIGGER dfs_pages_fulltext_ad AFTER DELETE ON dfs_pages_searchentry BEGIN {FORGET} END",
    f"""CREATE TRIGGER dfs_pages_fulltext_au AFTER UPDATE OF {COLUMNS} ON dfs_pages_searchentry
        BEGIN {FORGET} {LEARN} END""",
)
SQLITE_UNDO = (
    "DROP TRIGGER IF EXISTS dfs_pages_fulltext_ai",
    "DROP TRIGGER IF EXISTS dfs_pages_fulltext_ad",
    "DROP TRIGGER IF EXISTS dfs_pages_fulltext_au",
    "DROP TABLE IF EXISTS dfs_pages_fulltext",
)
SIMPLE = "to_tsvector('pg_catalog.simple'::regconfig, {})"
POSTGRES = (
    f"""ALTER TABLE dfs_pages_searchentry ADD COLUMN fulltext tsvector GENERATED ALWAYS AS (
        {SIMPLE.format("scope")}
        || setweight({SIMPLE.format("terms_title")}, 'A')
        || setweight({SIMPLE.format("terms_lead")}, 'B')
        || setweight({SIMPLE.format("terms_body")}, 'C')
    ) STORED""",
    "CREATE INDEX dfs_pages_fulltext ON dfs_pages_searchentry USING gin (fulltext)",
)
POSTGRES_UNDO = ("ALTER TABLE dfs_pages_searchentry DROP COLUMN IF EXISTS fulltext",)


def run(schema_editor, statements):
    for statement in statements.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement)


def create(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def drop(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE_UNDO, "postgresql": POSTGRES_UNDO})


class Migration(migrations.Migration):
    dependencies = [("dfs_pages", "0003_search_index")]

    operations = [migrations.RunPython(create, drop)]
