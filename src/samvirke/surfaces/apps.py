from django.apps import AppConfig


class SurfacesConfig(AppConfig):
    name = "samvirke.surfaces"
    label = "surfaces"
