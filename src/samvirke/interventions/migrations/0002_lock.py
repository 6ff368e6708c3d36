"""The lock on needs and placements, and keys that keep places, placements and needs in step.

A column that a key refers by holds true or nothing, so that only what is taken, held or placed is compared;
each key is checked at commit, when both sides have been written. The pages' role cannot count other people's
placements, so a place says itself whether it is taken; that is all the pages may change of it.
"""

from django.db import migrations

from samvirke.gate.protection import about_persons, directory

PLACES = """
ALTER TABLE interventions_placement
  ADD COLUMN holds boolean GENERATED ALWAYS AS (CASE WHEN ends_before IS NULL THEN true END) STORED,
  ADD CONSTRAINT one_placement_holds_a_place UNIQUE (place_id, holds);
ALTER TABLE interventions_place
  ADD COLUMN taken boolean GENERATED ALWAYS AS (CASE WHEN is_taken THEN true END) STORED,
  ADD CONSTRAINT a_place_taken_once UNIQUE (id, taken);
ALTER TABLE interventions_placement ADD CONSTRAINT a_held_place_is_taken
  FOREIGN KEY (place_id, holds) REFERENCES interventions_place (id, taken) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE interventions_place ADD CONSTRAINT a_taken_place_is_held
  FOREIGN KEY (id, taken) REFERENCES interventions_placement (place_id, holds) DEFERRABLE INITIALLY DEFERRED;
"""

NEEDS = """
ALTER TABLE interventions_need
  ADD COLUMN placed_id uuid GENERATED ALWAYS AS (CASE WHEN status = 'placed' THEN id END) STORED,
  ADD CONSTRAINT a_need_of_a_status UNIQUE (id, subject_id, kind, status);
ALTER TABLE interventions_placement
  ADD COLUMN need_status text GENERATED ALWAYS AS ('placed') STORED;
ALTER TABLE interventions_placement ADD CONSTRAINT a_placement_is_of_a_placed_need
  FOREIGN KEY (need_id, subject_id, kind, need_status)
  REFERENCES interventions_need (id, subject_id, kind, status) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE interventions_need ADD CONSTRAINT a_placed_need_has_its_placement
  FOREIGN KEY (placed_id) REFERENCES interventions_placement (need_id) DEFERRABLE INITIALLY DEFERRED;
"""

UNDO = """
ALTER TABLE interventions_need DROP CONSTRAINT a_placed_need_has_its_placement;
ALTER TABLE interventions_place DROP CONSTRAINT a_taken_place_is_held;
ALTER TABLE interventions_placement DROP COLUMN need_status, DROP COLUMN holds;
ALTER TABLE interventions_place DROP COLUMN taken;
ALTER TABLE interventions_need DROP COLUMN placed_id, DROP CONSTRAINT a_need_of_a_status;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("interventions", "0001_initial"),
        ("agencies", "0002_lock"),
        ("gate", "0004_lock_circles"),
    ]

    operations = [
        migrations.RunSQL(PLACES + NEEDS, UNDO),
        directory("interventions_intervention"),
        directory("interventions_place"),
        migrations.RunSQL(
            "GRANT UPDATE (is_taken) ON interventions_place TO samvirke_app;",
            "REVOKE UPDATE (is_taken) ON interventions_place FROM samvirke_app;",
        ),
        about_persons("interventions_need", kind="kind", privileges="SELECT, INSERT, UPDATE"),
        about_persons("interventions_placement", kind="kind", privileges="SELECT, INSERT, UPDATE"),
    ]
