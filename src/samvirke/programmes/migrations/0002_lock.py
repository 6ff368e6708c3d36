"""Partnerships are open; screenings are an agency's own."""

from django.db import migrations

from samvirke.gate.protection import about_persons, directory
from samvirke.kernel.gate_words import DataKind


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("gate", "0002_lock")]

    operations = [
        directory("programmes_localpartnership"),
        directory("programmes_localpartnership_municipalities"),
        about_persons("programmes_screening", kind=DataKind.EMPLOYMENT),
    ]
