"""What a level of protection asks of the gate: no guardian acts by a sign-in, and cases are kept apart.

Which levels there are stands in the packs of statutes; here is only what they ask. Guardians are told nothing
but that they cannot act.
"""

from django.db import migrations, models

from samvirke.kernel.gate_words import DataKind

LEVELS = """
CREATE FUNCTION gate.state_level(person uuid, bars boolean, parts boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.is_around(person, PROTECTED) IS NOT TRUE THEN
    RAISE EXCEPTION 'gate: the level is stated by the person or by somebody admitted to the place'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE gate_protectedplace SET bars_representation = bars, parts_identities = parts
    WHERE subject_id = person;
END $$;

CREATE FUNCTION gate.bars_representation(child uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT FROM gate_protectedplace p JOIN gate_grant g ON g.subject_id = p.subject_id
    WHERE p.subject_id = child AND p.bars_representation AND g.basis = 'guardian'
    AND g.holder_id = ANY (gate.entered_holders()));
END $$;
""".replace("PROTECTED", str(int(DataKind.PROTECTED_LOCATION)))
FUNCTIONS = ("gate.state_level(uuid, boolean, boolean)", "gate.bars_representation(uuid)")
HANDED_OVER = """
ALTER FUNCTION {0} OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION {0} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {0} TO samvirke_app;
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0018_guardians_within_their_scope")]

    operations = [
        migrations.AddField("protectedplace", "bars_representation", models.BooleanField(db_default=False)),
        migrations.AddField("protectedplace", "parts_identities", models.BooleanField(db_default=False)),
        migrations.RunSQL(LEVELS, "".join(f"DROP FUNCTION {function};" for function in FUNCTIONS)),
        *(migrations.RunSQL(HANDED_OVER.format(function), "") for function in FUNCTIONS),
    ]
