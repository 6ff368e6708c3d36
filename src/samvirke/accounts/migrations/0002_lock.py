"""Sign-in tables belong to the sign-in role alone."""

from django.db import migrations

from samvirke.gate.protection import sign_in

TABLES = [
    "accounts_user",
    "accounts_userpost",
    "django_session",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
        ("gate", "0002_lock"),
    ]

    operations = [sign_in(table) for table in TABLES]
