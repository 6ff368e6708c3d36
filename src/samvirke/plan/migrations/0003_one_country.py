"""A plan is of one country: that of its partnership, and of every kind it has."""

from django.db import migrations, models

# A check may look into an array only through a function.
OF_COUNTRY = """
CREATE FUNCTION plan_kinds_are_of(kinds text[], country text) RETURNS bool
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT coalesce(bool_and(starts_with(kind, country || '.')), true) FROM unnest(kinds) kind $$;
ALTER TABLE plan_plan ADD CONSTRAINT one_country_in_a_plan CHECK (plan_kinds_are_of(kinds, country));
ALTER TABLE plan_plan ADD CONSTRAINT the_country_of_its_partnership
  FOREIGN KEY (partnership_id, country) REFERENCES programmes_localpartnership (id, country);
"""
UNDO = """
ALTER TABLE plan_plan DROP CONSTRAINT the_country_of_its_partnership;
ALTER TABLE plan_plan DROP CONSTRAINT one_country_in_a_plan;
DROP FUNCTION plan_kinds_are_of(text[], text);
"""


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_lock"), ("programmes", "0003_country")]

    operations = [
        migrations.AddField("plan", "country", models.TextField(default="no"), preserve_default=False),
        migrations.RunSQL(OF_COUNTRY, UNDO),
    ]
