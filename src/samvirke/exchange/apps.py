from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "samvirke.exchange"
    label = "exchange"
