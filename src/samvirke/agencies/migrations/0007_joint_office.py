"""The joint office that a unit is a part of. A municipality with one of each kind had one office so far."""

from django.db import migrations, models

PARTS = """
UPDATE agencies_unit u SET office = u.municipality_id
FROM agencies_agency a
WHERE a.id = u.agency_id AND a.kind IN ('nav_state', 'social_service') AND a.country = 'no'
  AND u.municipality_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM agencies_unit other WHERE other.agency_id = u.agency_id AND other.id <> u.id
    AND other.municipality_id = u.municipality_id);
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_naming")]

    operations = [
        migrations.AddField("unit", "office", models.TextField(blank=True, db_default="")),
        migrations.RunSQL(PARTS, migrations.RunSQL.noop),
    ]
