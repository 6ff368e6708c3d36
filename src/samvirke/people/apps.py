from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samvirke.people"
    label = "people"
