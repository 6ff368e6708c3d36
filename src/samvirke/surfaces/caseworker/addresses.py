"""The addresses of a worker's pages."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.caseworker import (
    applications,
    away,
    follow_ups,
    goals,
    imports,
    meetings,
    moves,
    plan,
    worklist,
)

urlpatterns = [
    path("worklist/", worklist.worklist, name="worklist"),
    path("records/", worklist.records, name="records"),
    path("offers/<uuid:handover_id>/accept/", worklist.accept_offer, name="accept_offer"),
    path("plans/<uuid:plan_id>/", plan.plan, name="plan"),
    path("plans/<uuid:plan_id>/audience/", plan.audience, name="plan_audience"),
    path("plans/<uuid:plan_id>/goals/<uuid:goal_id>/", goals.goal, name="plan_goal"),
    path("plans/<uuid:plan_id>/meetings/new/", meetings.call, name="call_meeting"),
    path("plans/<uuid:plan_id>/meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("plans/<uuid:plan_id>/calls/new/", follow_ups.agree, name="agree_follow_ups"),
    path("plans/<uuid:plan_id>/calls/<uuid:follow_up_id>/", follow_ups.call, name="note_call"),
    path("plans/<uuid:plan_id>/move/", moves.move, name="move"),
    path("imports/", imports.runs, name="imports"),
    path("imports/<uuid:run_id>/", imports.run, name="import_run"),
    path("away/", away.away, name="away"),
    path("away/<uuid:absence_id>/back/", away.back, name="back"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<uuid:application_id>/", applications.application, name="application"),
]
