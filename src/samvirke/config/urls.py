"""The addresses. Rooms have none; surfaces do."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("samvirke.surfaces.addresses"))]
