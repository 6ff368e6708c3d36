"""A plan is of one country: that of its partnership, and of every kind it has."""

from django.db import migrations, models

OF_COUNTRY = r"""
ALTER TABLE plan_plan ADD CONSTRAINT one_country_in_a_plan
  CHECK (array_to_string(kinds, ',') ~ ('^(' || country || '\.[a-z0-9_]+(,|$))*$'));
ALTER TABLE plan_plan ADD CONSTRAINT the_country_of_its_partnership
  FOREIGN KEY (partnership_id, country) REFERENCES programmes_localpartnership (id, country);
"""
UNDO = """
ALTER TABLE plan_plan DROP CONSTRAINT the_country_of_its_partnership;
ALTER TABLE plan_plan DROP CONSTRAINT one_country_in_a_plan;
"""


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_lock"), ("programmes", "0005_country")]

    operations = [
        migrations.AddField("plan", "country", models.TextField(default="no"), preserve_default=False),
        migrations.RunSQL(OF_COUNTRY, UNDO),
    ]
