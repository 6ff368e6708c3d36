"""An import run is its unit's own business."""

from django.db import migrations

from samvirke.gate.protection import about_persons, of_a_unit
from samvirke.kernel.gate_words import DataKind

HOLDERS = "(SELECT nullif(current_setting('gate.holders', true), ''))::uuid[]"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("gate", "0002_lock")]

    operations = [
        about_persons("exchange_caseevent", kind=DataKind.ECONOMY),
        of_a_unit("exchange_importrun", f"exchange_importrun.unit_id = ANY ({HOLDERS})"),
        of_a_unit(
            "exchange_refusedline",
            "EXISTS (SELECT FROM exchange_importrun r WHERE r.id = exchange_refusedline.run_id)",
        ),
    ]
