from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "samvirke.coordination"
    label = "coordination"
