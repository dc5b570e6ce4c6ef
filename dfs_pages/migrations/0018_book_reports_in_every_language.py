"""Reports were stored as English lines: their numbers and titles now stand alone, and are said when they are read."""

import re

from django.db import migrations, models

NUMBERS = re.compile(
    r"(?P<created>\d+) created, (?P<changed>\d+) changed, (?P<unchanged>\d+) unchanged, \d+ left alone, "
    r"(?P<redirects>\d+) old addresses redirected"
)
LEFT_ALONE = re.compile(r"left alone: (.*) \(an editor changed it\)", re.DOTALL)
GONE = re.compile(r"not in the book any more, and kept: (.*) \((.*)\)", re.DOTALL)


def without_lines(apps, schema_editor):
    imports = apps.get_model("dfs_pages", "BookImport").objects.using(schema_editor.connection.alias)
    for pk, report in imports.exclude(report={}).values_list("pk", "report"):
        lines = report.pop("lines", [])
        numbers = NUMBERS.fullmatch(lines[0]) if lines else None
        report |= {name: int(number) for name, number in numbers.groupdict().items()} if numbers else {}
        report["left_alone"] = [match[1] for line in lines if (match := LEFT_ALONE.fullmatch(line))]
        report["gone"] = [[match[1], match[2]] for line in lines if (match := GONE.fullmatch(line))]
        imports.filter(pk=pk).update(report=report)


class Migration(migrations.Migration):
    dependencies = [("dfs_pages", "0017_search_without_waiting_list")]

    operations = [
        migrations.AddField("bookimport", "values", models.JSONField(default=dict)),
        migrations.RunPython(without_lines, migrations.RunPython.noop),
    ]
