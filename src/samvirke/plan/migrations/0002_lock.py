"""The lock on the plan, and one accountable member of the same plan for each action."""

from django.db import migrations

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind

EDITABLE = "SELECT, INSERT, UPDATE"

ACCOUNTABLE = """
ALTER TABLE plan_action ADD CONSTRAINT accountable_in_this_plan
  FOREIGN KEY (plan_id, accountable_member_id) REFERENCES plan_teammember (plan_id, id);
"""


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial"), ("gate", "0002_lock")]

    operations = [
        about_persons("plan_plan", kind=DataKind.PLAN, privileges=EDITABLE),
        about_persons("plan_teammember", kind=DataKind.PLAN, privileges=EDITABLE),
        about_persons("plan_goal", kind=DataKind.PLAN),
        about_persons("plan_goalversion", kind=DataKind.PLAN),
        about_persons("plan_action", kind="kind", privileges=EDITABLE),
        about_persons("plan_note", kind="kind"),
        about_persons("plan_statement", kind=DataKind.PLAN),
        migrations.RunSQL(ACCOUNTABLE, "ALTER TABLE plan_action DROP CONSTRAINT accountable_in_this_plan;"),
    ]
