"""The directory is open to every page; only the owner writes it."""

from django.db import migrations

from samvirke.gate.protection import directory

TABLES = ["agencies_municipality", "agencies_agency", "agencies_unit", "agencies_post"]


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial"), ("gate", "0002_lock")]

    operations = [directory(table) for table in TABLES]
