from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "samvirke.plan"
    label = "plan"
