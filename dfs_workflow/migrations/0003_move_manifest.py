from django.db import migrations


def copy(old, new):
    def run(apps, schema_editor):
        rows = apps.get_model(*old).objects.values("revision_id", "source_hashes").iterator()
        model = apps.get_model(*new)
        model.objects.bulk_create((model(**row) for row in rows), batch_size=500, ignore_conflicts=True)

    return run


OLD, NEW = ("dfs_workflow", "TranslationManifest"), ("dfs_translation", "SourceManifest")


class Migration(migrations.Migration):
    dependencies = [
        ("dfs_workflow", "0002_people"),
        ("dfs_translation", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(copy(OLD, NEW), copy(NEW, OLD), elidable=True),
        migrations.DeleteModel("TranslationManifest"),
    ]
