"""No gap and no overlap: starts are stored, and a turn needs a hand-over that was accepted."""

from django.db import migrations

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind

EDITABLE = "SELECT, INSERT, UPDATE"

NO_GAP = """
ALTER TABLE coordination_handover ADD CONSTRAINT handover_as_turns_see_it
  UNIQUE (id, duty_id, to_post_id, accepted);
ALTER TABLE coordination_handover ADD CONSTRAINT handover_of_a_duty
  FOREIGN KEY (duty_id) REFERENCES coordination_duty (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE coordination_turn ADD CONSTRAINT turn_by_accepted_handover
  FOREIGN KEY (handover_id, duty_id, post_id, accepted)
  REFERENCES coordination_handover (id, duty_id, to_post_id, accepted);
ALTER TABLE coordination_duty ADD CONSTRAINT duty_starts_with_a_turn
  FOREIGN KEY (id, opened_on) REFERENCES coordination_turn (duty_id, starts_on)
  DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0001_initial"), ("gate", "0002_lock")]

    operations = [
        migrations.RunSQL(NO_GAP),
        about_persons("coordination_duty", kind=DataKind.PLAN, privileges=EDITABLE),
        about_persons("coordination_handover", kind=DataKind.PLAN, privileges=EDITABLE),
        about_persons("coordination_turn", kind=DataKind.PLAN),
    ]
