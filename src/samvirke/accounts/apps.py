from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samvirke.accounts"
    label = "accounts"
