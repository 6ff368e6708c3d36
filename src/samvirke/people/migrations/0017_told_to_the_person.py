"""The person reads who was told that a consent has ended, also where guardians gave it for them."""

from django.db import migrations

from samvirke.people.locks import OF_THE_GIVER


class Migration(migrations.Migration):
    dependencies = [("people", "0016_log_questions"), ("gate", "0024_grown_into_a_consent")]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY the_giver ON people_recall USING ({OF_THE_GIVER});", migrations.RunSQL.noop
        ),
    ]
