"""Views for the tertial report: contacts, turns, promises, needs, agreements, contact persons.

Written into a new version, a view is published again as v2; these stay for whoever reads them.
"""

from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent.parent / "published"
VIEWS = (
    "v1_contacts",
    "v1_turns",
    "v1_promises",
    "v1_needs",
    "v1_agreements",
    "v1_agreement_checks",
    "v1_contact_persons",
)


def _publish(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
        + f"ALTER VIEW published.{name} OWNER TO samvirke_publisher;\n"
        + f"GRANT SELECT ON published.{name} TO samvirke_insight;",
        f"DROP VIEW published.{name};",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0004_withdrawn_records")]

    operations = [_publish(name) for name in VIEWS]
