"""What is declared of the tables of who acts for whom."""

from __future__ import annotations

from samvirke.kernel.gate_words import DataKind

TABLES = {
    "people_guardianship",
    "people_guardianshipground",
    "people_guardiananswer",
    "people_childview",
    "people_notedview",
    "plan_ownwords",
}
SUBJECTS: dict[str, tuple[DataKind | str, str]] = {
    "people_guardianshipground": (DataKind.CONSENT, "subject_id"),
    "people_guardiananswer": (DataKind.IDENTITY, "subject_id"),
    "people_childview": (DataKind.CONSENT, "subject_id"),
    "people_notedview": (DataKind.CONSENT, "subject_id"),
}
PRIVILEGES: dict[tuple[str, str], set[str]] = {
    ("people_guardianship", "samvirke_app"): {"SELECT", "INSERT"},
    ("plan_ownwords", "samvirke_app"): {"SELECT", "INSERT"},
    **{
        (f"people_guardianship.{column}", "samvirke_app"): {"UPDATE"}
        for column in ("ended_at", "reckoned_by", "valid_to")
    },
}
