from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    name = "samvirke.interventions"
    label = "interventions"
