"""A protected place has a level of its country's law, where there were two levels for all countries.

And cases of somebody with a new identity are told apart from others for good, without telling whose they are.

A person is of the country whose agencies said whom to ask: a consent never names agencies of two. Rows about
persons are forced under their policy, which shows an owner none of them; it is lifted for the change alone.
"""

from django.db import migrations, models

from samvirke.kernel.gate_words import DataKind

# Cases of somebody with a new identity, among those the viewer's unit holds.
PARTED = """
CREATE FUNCTION gate.parted_records(records uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT DISTINCT l.record_id FROM people_identitylink l
    JOIN gate_protectedplace p ON p.subject_id = l.subject_id AND p.parts_identities
    JOIN gate_grant g ON g.subject_id = l.record_id AND g.holder_id = ANY (gate.entered_holders())
    WHERE l.record_id = ANY (records);
END $$;
ALTER FUNCTION gate.parted_records(uuid[]) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.parted_records(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.parted_records(uuid[]) TO samvirke_app;
"""

PROTECTED = ("kind", int(DataKind.PROTECTED_LOCATION))
OPEN = models.Q(("kind", int(DataKind.CONTACT)), ("level", "none"))
OF_A_PACK = models.Q(PROTECTED, ("level__regex", r"^(no|dk|se)\.[a-z_]+$"))
COUNTRIES = """
UPDATE people_person p SET country = a.country FROM gate_consent c
  JOIN agencies_unit u ON u.id = ANY (c.from_units) JOIN agencies_agency a ON a.id = u.agency_id
  WHERE c.subject_id = p.id AND p.country <> a.country;
"""
LEVELS = """
UPDATE people_whereabouts w SET level = new.level FROM people_person p, (VALUES
    ('no', 'confidential', 'no.confidential'), ('no', 'strictly_confidential', 'no.strictly_confidential'),
    ('dk', 'confidential', 'dk.name_and_address'), ('dk', 'strictly_confidential', 'dk.without_fixed_abode'),
    ('se', 'confidential', 'se.confidentiality_marking'),
    ('se', 'strictly_confidential', 'se.protected_registration')
  ) new (country, former, level)
  WHERE p.id = w.subject_id AND new.country = p.country AND new.former = w.level;
"""
TWO = """
UPDATE people_whereabouts SET level = CASE
    WHEN level IN ('no.confidential', 'dk.name_and_address', 'se.confidentiality_marking') THEN 'confidential'
    ELSE 'strictly_confidential' END
  WHERE level <> 'none';
"""


def _past_their_policy(tables: tuple[str, ...], change: str) -> str:
    return "".join(
        [
            *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;\n" for table in tables),
            change,
            *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;\n" for table in tables),
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_guardians"),
        ("agencies", "0004_countries"),
        ("gate", "0019_levels_of_protection"),
    ]

    operations = [
        migrations.AddField("person", "country", models.TextField(default="no"), preserve_default=False),
        migrations.RunSQL(_past_their_policy(("people_person",), COUNTRIES), migrations.RunSQL.noop),
        migrations.RemoveConstraint("whereabouts", "the_level_decides_the_kind"),
        migrations.RunSQL(
            _past_their_policy(("people_whereabouts", "people_person"), LEVELS),
            _past_their_policy(("people_whereabouts",), TWO),
        ),
        migrations.AddConstraint(
            "whereabouts",
            models.CheckConstraint(condition=OPEN | OF_A_PACK, name="the_level_decides_the_kind"),
        ),
        migrations.RunSQL(PARTED, "DROP FUNCTION gate.parted_records(uuid[]);"),
    ]
