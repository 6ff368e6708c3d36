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
KEYS = """
ALTER TABLE assessments_assessment ADD CONSTRAINT an_assessment_of_a_subject UNIQUE (id, subject_id);
ALTER TABLE assessments_answer ADD CONSTRAINT an_answer_is_about_the_same
  FOREIGN KEY (assessment_id, subject_id) REFERENCES assessments_assessment (id, subject_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE assessments_assessment ADD CONSTRAINT what_is_put_right_is_about_the_same
  FOREIGN KEY (corrects_id, subject_id) REFERENCES assessments_assessment (id, subject_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
NO_KEYS = """
ALTER TABLE assessments_assessment DROP CONSTRAINT what_is_put_right_is_about_the_same;
ALTER TABLE assessments_answer DROP CONSTRAINT an_answer_is_about_the_same;
ALTER TABLE assessments_assessment DROP CONSTRAINT an_assessment_of_a_subject;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("agencies", "0002_lock"),
        ("gate", "0028_own_to_tell"),
    ]

    operations = [
        migrations.RunSQL(KEYS, NO_KEYS),
        directory("assessments_instrument"),
        about_persons("assessments_assessment", kind=DataKind.PLAN),
        anew("assessments_assessment", kind=DataKind.PLAN, sealed_to="sealed_to_id"),
        about_persons("assessments_answer", kind="kind"),
        anew("assessments_answer", kind="kind", sealed_to="sealed_to_id"),
        migrations.RunSQL(CHOICE, NO_CHOICE),
    ]
