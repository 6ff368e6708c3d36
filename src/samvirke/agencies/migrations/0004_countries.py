"""Whose country a municipality and an agency are of, and what the parties of an association pay.

What was set up before countries were told is Norwegian.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import directory


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_names")]

    operations = [
        migrations.AlterField(
            "municipality", "code", models.CharField(max_length=7, primary_key=True, serialize=False)
        ),
        migrations.AddField(
            "municipality", "country", models.TextField(default="no"), preserve_default=False
        ),
        migrations.AddField("agency", "country", models.TextField(default="no"), preserve_default=False),
        migrations.AlterField("agency", "organisation_number", models.CharField(max_length=10, unique=True)),
        migrations.CreateModel(
            name="FundingYear",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("year", models.IntegerField()),
                ("stated_total", models.DecimalField(decimal_places=2, max_digits=14)),
                ("anonymous_participants", models.IntegerField(default=0)),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding_years",
                        to="agencies.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FundingShare",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("numerator", models.IntegerField()),
                ("denominator", models.IntegerField()),
                (
                    "funding_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="agencies.fundingyear",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "municipality",
            models.CheckConstraint(
                name="a_code_of_its_country",
                condition=models.Q(("code__regex", "^[0-9]{4}$"), ("country", "no"))
                | models.Q(("code__regex", "^dk-[0-9]{3,4}$"), ("country", "dk"))
                | models.Q(("code__regex", "^se-[0-9]{4}$"), ("country", "se")),
            ),
        ),
        migrations.AddConstraint(
            "fundingyear",
            models.UniqueConstraint(fields=("association", "year"), name="one_funding_a_year"),
        ),
        migrations.AddConstraint(
            "fundingyear",
            models.CheckConstraint(
                condition=models.Q(("anonymous_participants__gte", 0), ("stated_total__gte", 0)),
                name="no_less_than_nothing",
            ),
        ),
        migrations.AddConstraint(
            "fundingshare",
            models.UniqueConstraint(fields=("funding_year", "party"), name="one_share_of_a_party"),
        ),
        migrations.AddConstraint(
            "fundingshare",
            models.CheckConstraint(
                condition=models.Q(
                    ("denominator__gt", 0),
                    ("numerator__gt", 0),
                    ("numerator__lte", models.F("denominator")),
                ),
                name="a_share_is_a_part_of_one",
            ),
        ),
        directory("agencies_fundingyear"),
        directory("agencies_fundingshare"),
    ]
