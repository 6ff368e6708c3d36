from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "samvirke.agreements"
    label = "agreements"
