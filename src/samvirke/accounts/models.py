"""Users without names, and the posts they may act in."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Users are made by operations; the manager only finds them."""


class User(AbstractBaseUser):
    """A sign-in account. It has no name and no national id; the identity provider knows those."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()


class UserPost(models.Model):
    """A post (or a citizen's own holder) that a user may act in. A bare id: no key to service tables."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    post_id = models.UUIDField()
    purpose = models.IntegerField()  # the purpose a session in this post starts with

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "post_id"], name="one_seat_per_post")]
