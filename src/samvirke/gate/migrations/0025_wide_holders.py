"""PostgreSQL is told that a holder may have thousands of grants: it looks row by row where few rows are read.

A policy can be decided by one look at the grants on a row's subject, or by listing first all that is open to
whoever has entered. Which is dearer is reckoned from how many grants a holder has on average, and most have
few: then the thousands of a large unit were listed for each statement of a page about one person. With this
number a statement that reads more than some hundred rows lists, any other looks.
"""

from django.db import migrations

GRANTS_OF_A_HOLDER = 10_000

# The gatekeeper owns the table, and nobody else may say this of it.
SAID = """
SET LOCAL ROLE samvirke_gatekeeper;
ALTER TABLE gate_grant ALTER COLUMN holder_id {};
ANALYZE gate_grant (holder_id);
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0024_grown_into_a_consent")]

    operations = [
        migrations.RunSQL(
            SAID.format(f"SET (n_distinct = {-1 / GRANTS_OF_A_HOLDER})"), SAID.format("RESET (n_distinct)")
        )
    ]
