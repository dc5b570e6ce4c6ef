"""Why a bundle did not go live is kept in each language; bundles approved before `goes_live_at` get their date."""

from django.conf import settings
from django.db import migrations, models


def keep_reasons(apps, schema_editor):
    bundles = apps.get_model("dfs_workflow", "Bundle").objects
    for pk, reason in bundles.exclude(held_back="").values_list("pk", "held_back"):
        bundles.filter(pk=pk).update(held_back_in={settings.LANGUAGE_CODE: reason})


def give_dates(apps, schema_editor):
    """Only where all of it still waits: the rest has begun to go live page by page, and ends so."""
    item_model = apps.get_model("dfs_workflow", "BundleItem")
    waiting = item_model.objects.filter(
        kind="publish", bundle__goes_live_at=None, revision__approved_go_live_at__isnull=False
    )
    for bundle in apps.get_model("dfs_workflow", "Bundle").objects.filter(pk__in=waiting.values("bundle")):
        items = item_model.objects.filter(bundle=bundle, kind="publish")
        dates = list(items.values_list("revision__approved_go_live_at", flat=True))
        if None not in dates:
            bundle.goes_live_at = max(dates)
            bundle.save(update_fields=["goes_live_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("dfs_workflow", "0017_flagged_comments"),
    ]

    operations = [
        migrations.AddField(
            model_name="bundle",
            name="held_back_in",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="why it did not go live"),
        ),
        migrations.RunPython(keep_reasons, migrations.RunPython.noop),
        migrations.RemoveField(model_name="bundle", name="held_back"),
        migrations.RenameField(model_name="bundle", old_name="held_back_in", new_name="held_back"),
        migrations.RunPython(give_dates, migrations.RunPython.noop),
    ]
