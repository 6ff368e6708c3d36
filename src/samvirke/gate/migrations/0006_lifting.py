"""A protection is lifted by the person or by somebody admitted to the place; it never lapses by itself."""

from django.db import migrations

from samvirke.kernel.gate_words import DataKind

LIFT = """
CREATE FUNCTION gate.lift_place(person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.is_around(person, PROTECTED) IS NOT TRUE THEN
    RAISE EXCEPTION 'gate: a protection is lifted by the person or by somebody admitted to the place'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM gate_protectedplace WHERE subject_id = person;
END $$;
ALTER FUNCTION gate.lift_place(uuid) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.lift_place(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.lift_place(uuid) TO samvirke_app;
""".replace("PROTECTED", str(int(DataKind.PROTECTED_LOCATION)))


class Migration(migrations.Migration):
    dependencies = [("gate", "0005_dismiss")]

    operations = [migrations.RunSQL(LIFT, "DROP FUNCTION gate.lift_place(uuid);")]
