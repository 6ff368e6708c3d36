"""The lock on client records, persons, links and referrals."""

from django.db import migrations

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind

EDITABLE = "SELECT, INSERT, UPDATE"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("gate", "0002_lock")]

    operations = [
        about_persons("people_clientrecord", kind=DataKind.IDENTITY, subject="id", privileges=EDITABLE),
        about_persons("people_recordassessment", kind=DataKind.EMPLOYMENT),
        about_persons("people_person", kind=DataKind.IDENTITY, subject="id", privileges=EDITABLE),
        about_persons("people_identitylink", kind=DataKind.IDENTITY, privileges=EDITABLE),
        about_persons("people_referral", kind=DataKind.IDENTITY, privileges=EDITABLE),
    ]
