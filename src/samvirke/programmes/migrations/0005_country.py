"""A partnership follows one country's law. Those that were made before countries were told are Norwegian."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_lock_programmes"), ("agencies", "0004_countries")]

    operations = [
        migrations.AddField(
            "localpartnership", "country", models.TextField(default="no"), preserve_default=False
        ),
        migrations.AddConstraint(
            "localpartnership",
            models.UniqueConstraint(fields=["id", "country"], name="partnership_of_a_country"),
        ),
    ]
