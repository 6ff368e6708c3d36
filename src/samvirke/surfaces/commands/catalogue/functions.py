"""The functions of the database: who may call each, and which run with the gatekeeper's rights."""

from __future__ import annotations

from samvirke.surfaces.commands.catalogue.queue import OF_THE_QUEUE

SEALERS = {"begin_seal", "seals_after", "newest_seal", "lanes_to_seal", "add_seal"}
OF_AN_ADMINISTRATOR = {"take_post", "leave_post"}
OF_THE_LOG = {"keep_back", "review_kept_back", "kept_back", "told_to_guardian", "rested_on"}
DEFINERS = (
    SEALERS
    | OF_AN_ADMINISTRATOR
    | OF_THE_LOG
    | {
        "jobs.defer",
        "enter",
        "open_records",
        "open_person",
        "give_consent",
        "admit",
        "dismiss",
        "withdraw_consent",
        "rests_on",
        "who_sees",
        "open_circle",
        "open_guardian",
        "end_guardian",
        "share_with_family",
        "protect_place",
        "lift_place",
        "hidden_records",
        "records_in_use",
        "close_records",
        "forget_files",
        "forget_differences",
        "hidden_posts",
        "near_hidden",
        "why_not",
        "explain",
        "bar",
        "end_bar",
        "bars_in_the_unit",
        "shield",
        "unshield",
        "shielded",
        "open_by_law",
        "bar_own_cases",
        "end_by_law",
        "lift",
        "review_lift",
        "lift_by_number",
        "entered_holders",
        "lifts_end",
        "person_is_named",
        "record_is_named",
        "state_level",
        "bars_representation",
        "parted_records",
        "answers_now",
        "holding",
    }
)
INTERNAL = {
    "project",
    "project_after_change",
    "is_around",
    "may_speak_for",
    "works_with",
    "leads",
    "is_place_protected",
    "is_shielded",
    "keep_former",
    "same_person",
    "never_seen",
    "decide",
    "looked_for",
    "is_leader",
}
# Functions of schema gate by name, those of other schemas with it.
CALLERS: dict[str, set[str]] = {
    **{f"jobs.procrastinate_{name}": {"samvirke_worker"} for name in OF_THE_QUEUE},
    "jobs.procrastinate_defer_jobs_v1": {"samvirke_worker", "samvirke_gatekeeper"},
    **{name: set() for name in INTERNAL | OF_AN_ADMINISTRATOR},
    **{name: {"samvirke_app"} for name in DEFINERS - SEALERS - OF_AN_ADMINISTRATOR},
    **{name: {"samvirke_worker"} for name in SEALERS},
    **{name: {"samvirke_app"} for name in ("words", "sound")},
    **{name: {"samvirke_app", "samvirke_gatekeeper"} for name in ("now", "leave", "entered_post")},
}
CLOCK_OF_A_SIMULATED_DATABASE = {"now"}  # a definer too, since nobody else may read the clock's table
