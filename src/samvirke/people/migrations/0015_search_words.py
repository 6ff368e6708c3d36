"""Each part of a name as it is looked for, by its letters and by its sound, and kept so by the database.

Row security uses no index for `LIKE` or for likeness of letters; it does for equality and order of text.
The words follow names and birth dates in the same statement, whoever writes them: an import, a worker, a
taking back.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons, handed_over
from samvirke.kernel.gate_words import DataKind

# Letters without accents, as most keyboards have them; the second letter of å, æ and ø is left out.
WORDS = r"""
CREATE FUNCTION gate.words(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  SET search_path = pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT word), '{}') FROM regexp_split_to_table(
    replace(replace(replace(replace(replace(replace(
      translate(
        lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f''’ʼ´`]', '', 'g')),
        'ØøÆæÐðĐđŦŧŊŋŁłı', 'ooaaddddttnnlli'),
      'Þ', 'th'), 'þ', 'th'), 'ß', 'ss'), 'aa', 'a'), 'ae', 'a'), 'oe', 'o'),
    '[\s\-_.,;:/()"]+') word
  WHERE word <> '' $$;
"""
# How a part of a name sounds in the Nordic languages: consonants that are written in several ways are one,
# and of the vowels only that there is a first one.
SOUND = r"""
CREATE FUNCTION gate.sound(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
  SET search_path = pg_catalog AS $$
DECLARE s text := word;
BEGIN
  s := regexp_replace(s, '^[yi](?=[aou])', 'j');
  s := regexp_replace(s, '^(hj|gj|lj|dj)', 'j');
  s := regexp_replace(s, '^(hv|wh)', 'v');
  s := regexp_replace(s, 'skj|sch|stj|sj|sh', 's', 'g');
  s := regexp_replace(s, 'c(?=[eiy])|z|[dt]s', 's', 'g');
  s := regexp_replace(s, 'kj|tj|ch|ck|c|q', 'k', 'g');
  s := replace(s, 'x', 'ks');
  s := regexp_replace(s, 'ph|w|f', 'v', 'g');
  s := regexp_replace(s, 'th|dt', 't', 'g');
  s := regexp_replace(s, '([ln])d', '\1', 'g');
  s := regexp_replace(s, '(?<=.)[hj]', '', 'g');
  s := regexp_replace(s, '(.)\1+', '\1', 'g');
  s := regexp_replace(s, '^[aeiouy]+', 'A');
  s := regexp_replace(s, '[aeiouy]', '', 'g');
  RETURN s;
END $$;
"""
# What a row is looked for by: its names and its day of birth. A record that was taken back has neither.
LOOKED_FOR = """
CREATE FUNCTION gate.looked_for(given_name text, family_name text, birth_date date)
  RETURNS TABLE (word text, sound text) LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog, public AS $$
  SELECT w, gate.sound(w) FROM unnest(gate.words(given_name || ' ' || family_name)) w
  UNION ALL SELECT to_char(birth_date, 'YYYY-MM-DD'), to_char(birth_date, 'YYYY-MM-DD')
    WHERE birth_date > '0001-01-01' $$;
"""
FOLLOWED = """
CREATE FUNCTION gate.{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM people_searchword w USING former f JOIN made m USING (id) WHERE w.subject_id = f.id
      AND (f.given_name, f.family_name, f.birth_date) <> (m.given_name, m.family_name, m.birth_date);
    INSERT INTO people_searchword (subject_id, unit_id, word, sound)
      SELECT m.id, {unit}, l.* FROM former f JOIN made m USING (id),
        gate.looked_for(m.given_name, m.family_name, m.birth_date) l
      WHERE (f.given_name, f.family_name, f.birth_date) <> (m.given_name, m.family_name, m.birth_date);
  ELSE
    INSERT INTO people_searchword (subject_id, unit_id, word, sound)
      SELECT m.id, {unit}, l.* FROM made m, gate.looked_for(m.given_name, m.family_name, m.birth_date) l;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER looked_for_after_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION gate.{name}();
CREATE TRIGGER looked_for_after_update AFTER UPDATE ON {table}
  REFERENCING OLD TABLE AS former NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION gate.{name}();
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
INSERT INTO people_searchword (subject_id, unit_id, word, sound)
  SELECT m.id, {unit}, l.* FROM {table} m, gate.looked_for(m.given_name, m.family_name, m.birth_date) l;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
"""


def followed(table: str, name: str, unit: str) -> migrations.RunSQL:
    """The words of a table's names, from now on and of those that are there."""
    return migrations.RunSQL(
        FOLLOWED.format(table=table, name=name, unit=unit),
        f"DROP TRIGGER looked_for_after_insert ON {table}; DROP TRIGGER looked_for_after_update ON {table}; "
        f"DROP FUNCTION gate.{name}();",
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0014_own_cases")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "word", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.subject",
                    ),
                ),
                ("word", models.TextField(db_collation="C")),
                ("sound", models.TextField()),
                ("unit_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["unit_id", name],
                        condition=models.Q(("unit_id__isnull", False)),
                        name=f"record_by_{name}",
                    )
                    for name in ("sound", "word")
                ],
            },
        ),
        migrations.RunSQL(WORDS, "DROP FUNCTION gate.words(text);"),
        migrations.RunSQL(SOUND, "DROP FUNCTION gate.sound(text);"),
        migrations.RunSQL(LOOKED_FOR, "DROP FUNCTION gate.looked_for(text, text, date);"),
        followed("people_person", "person_is_named", "NULL::uuid"),
        followed("people_clientrecord", "record_is_named", "m.unit_id"),
        about_persons("people_searchword", kind=DataKind.IDENTITY, privileges="SELECT"),
        migrations.RunSQL(
            "GRANT SELECT, INSERT, DELETE ON people_searchword TO samvirke_gatekeeper; "
            "CREATE POLICY the_gatekeeper ON people_searchword FOR ALL TO samvirke_gatekeeper "
            "USING (true) WITH CHECK (true);",
            "REVOKE ALL ON people_searchword FROM samvirke_gatekeeper; "
            "DROP POLICY the_gatekeeper ON people_searchword;",
        ),
        handed_over(
            definers=[
                "gate.words(text)",
                "gate.sound(text)",
                "gate.person_is_named()",
                "gate.record_is_named()",
            ],
            internal=["gate.looked_for(text, text, date)"],
        ),
    ]
