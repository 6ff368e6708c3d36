from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "samvirke.events"
    label = "events"
