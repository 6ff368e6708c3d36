"""Every page's address."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from samvirke.surfaces import sign_in
from samvirke.surfaces.components import gallery

urlpatterns = [
    path("", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("language/", set_language, name="set_language"),
    path("stories/", sign_in.stories, name="stories"),
    path("components/", gallery.gallery, name="components"),
    path("", include("samvirke.surfaces.caseworker.addresses")),
    path("", include("samvirke.surfaces.citizen.addresses")),
    path("", include("samvirke.surfaces.leader.addresses")),
    path("", include("samvirke.surfaces.evaluator.addresses")),
    path("", include("samvirke.surfaces.commissioner.addresses")),
]
