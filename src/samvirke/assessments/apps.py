from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "samvirke.assessments"
    label = "assessments"
