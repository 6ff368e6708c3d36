"""The addresses of the person's own pages."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.citizen import (
    applications,
    by_law,
    children,
    consents,
    interventions,
    meetings,
    own_room,
    place,
    plan,
    seen,
    visits,
)

urlpatterns = [
    path("my-plan/", plan.my_plan, name="my_plan"),
    path("my-plan/document/", plan.my_document, name="my_document"),
    path("my-plan/goals/new/", plan.new_goal, name="my_new_goal"),
    path("my-plan/goals/<uuid:goal_id>/", plan.my_goal, name="my_goal"),
    path("my-plan/goals/<uuid:goal_id>/history/", plan.my_goal_history, name="my_goal_history"),
    path("my-plan/wishes/new/", plan.new_wish, name="my_new_wish"),
    path("my-plan/actions/<uuid:action_id>/history/", plan.my_action_history, name="my_action_history"),
    path("my-plan/meetings/<uuid:meeting_id>/", meetings.my_meeting, name="my_meeting"),
    path("my-plan/meetings/<uuid:meeting_id>/invitation/", meetings.my_invitation, name="my_invitation"),
    path("my-plan/proposals/<uuid:proposal_id>/", meetings.my_proposal, name="my_proposal"),
    path("my-plan/place/", place.my_place, name="my_place"),
    path("my-plan/seen/", seen.who_has_seen, name="my_seen"),
    path("my-plan/by-law/", by_law.my_openings, name="my_openings"),
    path("my-plan/seen/<uuid:visit_id>/", visits.my_visit, name="my_visit"),
    path("my-plan/children/<uuid:child_id>/seen/", visits.seen_of_child, name="child_seen"),
    path("my-plan/children/<uuid:child_id>/seen/<uuid:visit_id>/", visits.visit_of_child, name="child_visit"),
    path("my-plan/explain/", seen.explain, name="my_explain"),
    path("my-plan/consents/", consents.my_consents, name="my_consents"),
    path("my-plan/consents/new/", consents.share, name="share"),
    path("my-plan/consents/asked/<uuid:draft_id>/", consents.question, name="my_question"),
    path("my-plan/consents/<uuid:consent_id>/", consents.consent, name="my_consent"),
    path("my-plan/consents/<uuid:consent_id>/withdraw/", consents.withdraw, name="withdraw_consent"),
    path("my-plan/consents/<uuid:consent_id>/hold/", consents.hold, name="hold_consent"),
    path("my-plan/consents/<uuid:consent_id>/again/", consents.again, name="consent_again"),
    path("my-plan/own-room/", own_room.my_room, name="my_room"),
    path("my-children/", children.my_children, name="my_children"),
    path(
        "my-children/<uuid:person_id>/asked/<uuid:draft_id>/",
        children.child_question,
        name="child_question",
    ),
    path(
        "my-children/<uuid:person_id>/consents/<uuid:consent_id>/withdraw/",
        children.child_withdraw,
        name="child_withdraw",
    ),
    path("my-plan/needs/<uuid:need_id>/withdraw/", interventions.withdraw, name="withdraw_need"),
    path("my-rights/", applications.my_rights, name="my_rights"),
    path("my-applications/", applications.my_applications, name="my_applications"),
    path("my-applications/new/", applications.apply, name="apply"),
    path("my-applications/<uuid:application_id>/", applications.my_application, name="my_application"),
]
