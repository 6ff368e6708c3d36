"""From when a post is not in use, and from when it is again. Without the second day it has ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_countries")]

    operations = [
        migrations.AddField("post", "out_of_use_from", models.DateField(null=True)),
        migrations.AddField("post", "in_use_again_on", models.DateField(null=True)),
    ]
