"""The published views, owned by the publisher role and readable by the insight role alone."""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent.parent / "published"


def _publish(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
        + f"ALTER VIEW published.{name} OWNER TO samvirke_publisher;\n"
        + f"GRANT SELECT ON published.{name} TO samvirke_insight;",
        f"DROP VIEW published.{name};",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("gate", "0002_lock")]

    operations = [_publish("v1_episodes"), _publish("v1_flow")]
