from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "samvirke.gate"
    label = "gate"
