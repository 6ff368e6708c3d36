"""A guardian is told of a visit also where its form was refused: what the page showed was shown."""

from django.db import migrations

TO_THE_GUARDIAN = """gate_accessentry.basis = 'consent' AND gate_accessentry.outcome {outcome}
    AND gate_accessentry.refused_kinds = 0 AND EXISTS (SELECT FROM gate.told_to_guardian() t
      WHERE t.subject_id = gate_accessentry.subject_id AND t.post_id = gate_accessentry.post_id
      AND gate_accessentry.kinds & ~t.kinds = 0
      AND t.given_at <= gate_accessentry.at AND gate_accessentry.at < t.ended_at)"""
READS = "ALTER POLICY the_guardian_reads ON gate_accessentry USING ({});"


class Migration(migrations.Migration):
    dependencies = [("gate", "0026_acting_now")]

    operations = [
        migrations.RunSQL(
            READS.format(TO_THE_GUARDIAN.format(outcome="IN ('allowed', 'not_done')")),
            READS.format(TO_THE_GUARDIAN.format(outcome="= 'allowed'")),
        ),
    ]
