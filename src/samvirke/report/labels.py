"""What codes are called on a page. A code itself is never shown."""

from __future__ import annotations

from samvirke.report.catalogue import N_, translator

LABELS: dict[str, str] = {
    # support sources
    "social_assistance": N_("Social assistance"),
    "work_assessment_allowance": N_("Work assessment allowance"),
    "unemployment_benefit": N_("Unemployment benefit"),
    "qualification_benefit": N_("Qualification benefit"),
    "introduction_benefit": N_("Introduction benefit"),
    "sickness_benefit": N_("Sickness benefit"),
    "activity_support": N_("Activity support"),
    "disability_pension": N_("Disability pension"),
    "student_finance": N_("Student finance"),
    "wages": N_("Wages"),
    "supported_by_others": N_("Supported by others"),
    # occupations
    "ordinary_job": N_("Ordinary job"),
    "subsidised_job": N_("Subsidised job"),
    "education": N_("Education"),
    "practice_placement": N_("Practice placement"),
    "other_intervention": N_("Other intervention"),
    "job_seeking": N_("Job seeking"),
    "none": N_("No occupation"),
    # end reasons
    "job": N_("Got a job"),
    "granted_benefit": N_("Granted a lasting benefit"),
    "self_resolved": N_("Managed without the plan"),
    "moved": N_("Moved"),
    "consent_withdrawn": N_("Consent withdrawn"),
    "not_reached": N_("Not reached"),
    "wrong_registration": N_("Wrong registration"),
    # target groups and sex
    "long_term_recipient": N_("Long-term recipient"),
    "youth": N_("Youth"),
    "single_provider": N_("Lone parent"),
    "immigrant_or_refugee": N_("Immigrant or refugee"),
    "female": N_("Woman"),
    "male": N_("Man"),
    # states of an episode
    "ended": N_("Ended"),
    "open": N_("Open"),
    "episodes": N_("Plans"),
    # flow
    "imported": N_("Records read"),
    "refused_rows": N_("Rows refused"),
    "screened": N_("Screened"),
    "admitted": N_("Admitted"),
    "asked": N_("Asked"),
    "consented": N_("Consented"),
    "on_plan": N_("Got a plan"),
    # populations of an effect
    "user": N_("Users"),
    "staff": N_("Staff"),
    "person": N_("Persons in the register"),
    "persons": N_("All persons"),
    "municipalities": N_("All trial municipalities"),
    # an answer made otherwise
    "naive": N_("As they are, without weights"),
    "equal_variances": N_("Error as if both arms varied alike"),
    "adjusted": N_("Adjusted by regression"),
    "matched": N_("Each beside the nearest comparison person"),
    "trimmed": N_("Without extreme chances"),
    "by_period": N_("Averaged over municipalities and periods"),
    "by_time_since_start": N_("Averaged over time since the start"),
    "average_person": N_("For the average person"),
    "average_municipality": N_("For the average municipality"),
    # files
    "survey": N_("Survey extract"),
    "register": N_("Register extract"),
    "panel": N_("Panel of municipalities"),
    "persons_file": N_("File of persons"),
    # months with social assistance in the year before
    "no_months": N_("No month"),
    "months_1_5": N_("1 to 5 months"),
    "months_6_11": N_("6 to 11 months"),
    "months_12": N_("All 12 months"),
    # any list
    "unknown": N_("Unknown"),
    "other": N_("Other, few in each"),
    "total": N_("Total"),
}


class UnknownCode(KeyError):
    """A code has no label, so it cannot be shown."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The code {code!r} has no label. Add one to samvirke.report.labels and translate it."
        )


def code_label(code: str, language: str) -> str:
    """The label of a code. A number, as of a municipality, is its own label. Raises UnknownCode."""
    if code.isdigit():
        return code
    if code not in LABELS:
        raise UnknownCode(code)
    return translator(language)(LABELS[code])
