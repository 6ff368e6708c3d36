"""The addresses of a worker's pages."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.caseworker import (
    applications,
    asking,
    away,
    follow_ups,
    goals,
    imports,
    interventions,
    meetings,
    moves,
    places,
    plan,
    team,
    uploads,
    worklist,
    writing,
)

urlpatterns = [
    path("worklist/", worklist.worklist, name="worklist"),
    path("records/", worklist.records, name="records"),
    path("records/<uuid:record_id>/", asking.record, name="record"),
    path("records/<uuid:record_id>/refer/", asking.refer, name="refer"),
    path("records/<uuid:record_id>/plan/new/", team.start, name="start_plan"),
    path("referrals/<uuid:referral_id>/receive/", asking.receive, name="receive_referral"),
    path("offers/<uuid:handover_id>/accept/", worklist.accept_offer, name="accept_offer"),
    path("plans/<uuid:plan_id>/", plan.plan, name="plan"),
    path("plans/<uuid:plan_id>/document/", plan.document, name="plan_document"),
    path("plans/<uuid:plan_id>/audience/", plan.audience, name="plan_audience"),
    path("plans/<uuid:plan_id>/goals/new/", writing.new_goal, name="plan_new_goal"),
    path("plans/<uuid:plan_id>/actions/new/", writing.new_action, name="plan_new_action"),
    path(
        "plans/<uuid:plan_id>/actions/<uuid:action_id>/status/", writing.action_status, name="action_status"
    ),
    path("plans/<uuid:plan_id>/statements/new/", writing.new_statement, name="plan_new_statement"),
    path("plans/<uuid:plan_id>/team/new/", team.join, name="plan_join"),
    path("plans/<uuid:plan_id>/duty/offer/", team.offer, name="offer_duty"),
    path("plans/<uuid:plan_id>/review/", writing.review, name="plan_review"),
    path("plans/<uuid:plan_id>/end/", writing.end, name="plan_end"),
    path("plans/<uuid:plan_id>/places/", places.plan_places, name="plan_places"),
    path("plans/<uuid:plan_id>/goals/<uuid:goal_id>/", goals.goal, name="plan_goal"),
    path("plans/<uuid:plan_id>/meetings/new/", meetings.call, name="call_meeting"),
    path("plans/<uuid:plan_id>/meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("plans/<uuid:plan_id>/calls/new/", follow_ups.agree, name="agree_follow_ups"),
    path("plans/<uuid:plan_id>/calls/<uuid:follow_up_id>/", follow_ups.call, name="note_call"),
    path("plans/<uuid:plan_id>/move/", moves.move, name="move"),
    path("imports/", uploads.imports, name="imports"),
    path("imports/sample/", uploads.sample, name="sample_list"),
    path("imports/files/<uuid:upload_id>/", uploads.upload, name="upload"),
    path("imports/files/<uuid:upload_id>/columns/", uploads.columns, name="upload_columns"),
    path("imports/files/<uuid:upload_id>/take-in/", uploads.take_in, name="take_in_upload"),
    path("imports/files/<uuid:upload_id>/forget/", uploads.forget, name="forget_upload"),
    path("imports/files/<uuid:upload_id>/errors/", uploads.errors, name="upload_errors"),
    path("imports/<uuid:run_id>/", imports.run, name="import_run"),
    path("imports/<uuid:run_id>/undo/", imports.undo, name="undo_import"),
    path("away/", away.away, name="away"),
    path("away/<uuid:absence_id>/back/", away.back, name="back"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<uuid:application_id>/", applications.application, name="application"),
    path("places/", interventions.places, name="places"),
    path("plans/<uuid:plan_id>/needs/new/", interventions.note_need, name="note_need"),
    path("needs/<uuid:need_id>/", interventions.need, name="need"),
]
