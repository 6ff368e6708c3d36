from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "samvirke.agencies"
    label = "agencies"
