from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "samvirke.programmes"
    label = "programmes"
