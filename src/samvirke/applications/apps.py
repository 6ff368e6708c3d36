from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "samvirke.applications"
    label = "applications"
