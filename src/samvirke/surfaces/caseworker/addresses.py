"""The addresses of a worker's pages."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.caseworker import applications, goals, imports, places, plan, worklist

urlpatterns = [
    path("worklist/", worklist.worklist, name="worklist"),
    path("records/", worklist.records, name="records"),
    path("offers/<uuid:handover_id>/accept/", worklist.accept_offer, name="accept_offer"),
    path("plans/<uuid:plan_id>/", plan.plan, name="plan"),
    path("plans/<uuid:plan_id>/audience/", plan.audience, name="plan_audience"),
    path("plans/<uuid:plan_id>/places/", places.plan_places, name="plan_places"),
    path("plans/<uuid:plan_id>/goals/<uuid:goal_id>/", goals.goal, name="plan_goal"),
    path("imports/", imports.runs, name="imports"),
    path("imports/<uuid:run_id>/", imports.run, name="import_run"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<uuid:application_id>/", applications.application, name="application"),
]
