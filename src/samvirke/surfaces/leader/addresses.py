"""The addresses of figures, the tertial report, programmes, target groups and agreements."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.leader import (
    agreements,
    authority,
    contact_persons,
    exemptions,
    figures,
    instructions,
    programmes,
    responsibility,
    rules,
    tertial,
)

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/make/", figures.make_anew, name="make_figures"),
    path("tertial/", tertial.tertial, name="tertial"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("target-groups/", rules.rules, name="rules"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.sign, name="sign_agreement"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/renew/", agreements.renew, name="renew_agreement"),
    path(
        "agreements/<uuid:agreement_id>/responsibility/", responsibility.divide, name="divide_responsibility"
    ),
    path("agreements/<uuid:agreement_id>/versions/", responsibility.versions, name="agreement_versions"),
    path("authority/", authority.overview, name="authority"),
    path("authority/new/", authority.delegate, name="delegate_authority"),
    path("authority/<uuid:authority_id>/end/", authority.end, name="end_authority"),
    path("exemptions/", exemptions.overview, name="exemptions"),
    path("exemptions/new/", exemptions.record, name="record_exemption"),
    path("exemptions/<uuid:exemption_id>/end/", exemptions.end, name="end_exemption"),
    path("told-not-to-inform/counted/", instructions.counted, name="instructions"),
    path("responsibility/", responsibility.overview, name="responsibility"),
    path("units/<uuid:unit_id>/contact-person/", contact_persons.name, name="name_contact_person"),
    path("contact-persons/<uuid:contact_id>/end/", contact_persons.end, name="end_contact_person"),
]
