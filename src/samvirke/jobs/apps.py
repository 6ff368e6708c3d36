from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "samvirke.jobs"
    label = "jobs"
