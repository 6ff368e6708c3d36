"""The rule that a no has a reason gets a name of its own: another table's had the same."""

from django.db import migrations, models

TABLE, BEFORE, AFTER = "coordination_proposalanswer", "a_no_has_a_reason", "a_declined_proposal_has_a_reason"
RENAME = f"ALTER TABLE {TABLE} RENAME CONSTRAINT {{}} TO {{}}"


class Migration(migrations.Migration):
    dependencies = [("coordination", "0010_instructions")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(RENAME.format(BEFORE, AFTER), RENAME.format(AFTER, BEFORE))
            ],
            state_operations=[
                migrations.RemoveConstraint(model_name="proposalanswer", name=BEFORE),
                migrations.AddConstraint(
                    model_name="proposalanswer",
                    constraint=models.CheckConstraint(
                        name=AFTER,
                        condition=models.Q(says_yes=True) | models.Q(is_persons=True) | ~models.Q(why=""),
                    ),
                ),
            ],
        )
    ]
