"""Two records of one agency may be the same person; a tie may be wrong. Both are found, and can be ended.

A record near a protected place hides its municipality, and so do the records that are the same person:
the gatekeeper reads the findings for that, as it reads the links. It goes on hiding it after a tie has been
ended: saying that a tie was wrong must not be a way to the place.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind

POST = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "agencies.post"}
RECORD = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "people.clientrecord"}
FIRST = """
UPDATE people_identitylink l SET is_first = true FROM people_person p
WHERE p.id = l.subject_id AND l.linked_at = p.created_at
  AND l.id = (SELECT f.id FROM people_identitylink f
    WHERE f.subject_id = p.id ORDER BY f.linked_at, f.id LIMIT 1);
"""
HIDDEN = """
CREATE OR REPLACE FUNCTION gate.hidden_records(records uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE persons uuid[]; hidden uuid[];
BEGIN
  SELECT array_agg(l.subject_id) INTO persons FROM {same}
    JOIN people_identitylink l ON l.record_id = same.member{in_force};
  IF persons IS NULL THEN RETURN; END IF;
  SELECT array_agg(near) INTO hidden FROM gate.near_hidden(persons) near;
  RETURN QUERY SELECT DISTINCT same.shown FROM {same}
    JOIN people_identitylink l ON l.record_id = same.member{in_force}
    WHERE l.subject_id = ANY (hidden);
END $$;
"""
IN_FORCE = " AND l.unlinked_at IS NULL"
ITSELF = "(SELECT one AS shown, one AS member FROM unnest(records) one) same"
# The one that stands for a record, and all it stands for.
SAME_CLIENT = """(WITH shown AS (
      SELECT one AS record, coalesce(p.other_id, one) AS stands FROM unnest(records) one
      LEFT JOIN people_recordpair p ON p.subject_id = one AND p.is_same AND p.ended_at IS NULL)
    SELECT record AS shown, stands AS member FROM shown
    UNION SELECT s.record, p.subject_id FROM shown s
      JOIN people_recordpair p ON p.other_id = s.stands AND p.is_same AND p.ended_at IS NULL) same"""
READ = """
GRANT SELECT ON people_recordpair TO samvirke_gatekeeper;
CREATE POLICY the_gatekeeper ON people_recordpair FOR SELECT TO samvirke_gatekeeper USING (true);
"""
READ_NO_MORE = """
DROP POLICY the_gatekeeper ON people_recordpair;
REVOKE SELECT ON people_recordpair FROM samvirke_gatekeeper;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_taking_back"), ("gate", "0007_two_ways_to_a_grant")]

    operations = [
        migrations.AddField("identitylink", "is_first", models.BooleanField(db_default=False)),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="WrongTie",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("because", models.TextField()),
                ("found_at", models.DateTimeField()),
                ("found_by", models.ForeignKey(**POST)),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wrong",
                        to="people.identitylink",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["subject"], name="wrong_ties_of_person")]},
        ),
        migrations.CreateModel(
            name="RecordPair",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("is_same", models.BooleanField()),
                ("found_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("found_by", models.ForeignKey(**POST)),
                ("ended_by", models.ForeignKey(null=True, **POST)),
                ("record", models.ForeignKey(db_column="subject_id", **RECORD)),
                ("other", models.ForeignKey(**RECORD)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("is_same", True)),
                        fields=("record",),
                        name="folded_into_one_record",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("record", "other"),
                        name="one_finding_of_a_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("record", models.F("other")), _negated=True),
                        name="two_records_in_a_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_finding_is_ended_at_and_by_together",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("is_same", True)),
                        fields=["other"],
                        name="what_a_record_stands_for",
                    )
                ],
            },
        ),
        about_persons("people_wrongtie", kind=DataKind.CONSENT),
        about_persons(
            "people_recordpair",
            kind=DataKind.IDENTITY,
            privileges="SELECT, INSERT, UPDATE (ended_at, ended_by_id)",
        ),
        migrations.RunSQL(READ, READ_NO_MORE),
        migrations.RunSQL(
            HIDDEN.format(same=SAME_CLIENT, in_force=""), HIDDEN.format(same=ITSELF, in_force=IN_FORCE)
        ),
    ]
