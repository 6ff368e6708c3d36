"""The published view of promises: what the person and their own do is no promise of an agency."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent.parent / "published"


def _again(name: str) -> migrations.RunSQL:
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    return migrations.RunSQL(text.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("events", "0007_refused_wishes")]

    operations = [_again("v1_promises")]
