"""Whoever shows pages may ask whether the database is of their version."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_queue")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT ON django_migrations TO samvirke_app;",
            "REVOKE SELECT ON django_migrations FROM samvirke_app;",
        )
    ]
