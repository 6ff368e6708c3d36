"""Who may see an enquiry beside what the one policy asks: nobody but its parties.

The person and who acts for them, the unit that answers it, the unit that is asked to, and who told it. A unit
that has said no keeps it until it is answered or another is asked: a row that somebody changes stays theirs
to see.
"""

from __future__ import annotations

from samvirke.gate.protection import HOLDERS

OF_ITS_PARTIES = (
    f"unit_id = ANY ({HOLDERS}) OR offered_to_id = ANY ({HOLDERS}) OR declined_by_id = ANY ({HOLDERS}) "
    f"OR told_by_id = ANY ({HOLDERS}) OR EXISTS (SELECT FROM gate_grant g "
    "WHERE g.subject_id = applications_enquiry.subject_id AND g.basis IN ('self', 'guardian'))"
)
OF_AN_ENQUIRY = "EXISTS (SELECT FROM applications_enquiry e WHERE e.id = applications_enquirystep.enquiry_id)"
ITS_PARTIES = {"applications_enquiry": OF_ITS_PARTIES, "applications_enquirystep": OF_AN_ENQUIRY}
