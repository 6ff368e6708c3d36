"""The duty says which role it is: a coordinator, or a family's child coordinator."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coordination", "0002_lock")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="role",
            field=models.TextField(default="coordinator", db_default="coordinator"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["coordinator", "child_coordinator"])),
                name="role_of_duty_known",
            ),
        ),
    ]
