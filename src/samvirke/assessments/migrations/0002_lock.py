"""The lock on answers: sealed as the person chose, and changed in nothing else, by nobody else."""

from django.db import migrations

from samvirke.assessments.locks import THE_PERSONS_CHOICE
from samvirke.gate.protection import APP, about_persons, anew, directory
from samvirke.kernel.gate_words import DataKind

CHOICE = "\n".join(
    f"""CREATE POLICY the_persons_choice ON {table} AS RESTRICTIVE FOR UPDATE TO {APP} USING ({own});
GRANT UPDATE (sealed_to_id) ON {table} TO {APP};"""
    for table, own in THE_PERSONS_CHOICE.items()
)
NO_CHOICE = "\n".join(
    f"""REVOKE UPDATE (sealed_to_id) ON {table} FROM {APP};
DROP POLICY the_persons_choice ON {table};"""
    for table in THE_PERSONS_CHOICE
)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("agencies", "0002_lock"),
        ("gate", "0028_own_to_tell"),
    ]

    operations = [
        directory("assessments_instrument"),
        about_persons("assessments_assessment", kind=DataKind.PLAN),
        anew("assessments_assessment", kind=DataKind.PLAN, sealed_to="sealed_to_id"),
        about_persons("assessments_answer", kind="kind"),
        anew("assessments_answer", kind="kind", sealed_to="sealed_to_id"),
        migrations.RunSQL(CHOICE, NO_CHOICE),
    ]
