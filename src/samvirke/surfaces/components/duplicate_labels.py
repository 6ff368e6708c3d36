"""The words of double records and wrong ties."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samvirke.people.types import Likeness, Mistake

LIKENESS = {
    Likeness.SAME_NUMBER: _("The same national identity number"),
    Likeness.SAME_DAY_AND_NAME: _("The same name and day of birth, but another national identity number"),
    Likeness.SAME_NAME_LIKE_DAY: _("The same name, and almost the same day of birth"),
    Likeness.SAME_DAY_LIKE_NAME: _("The same day of birth, and almost the same name"),
}
MISTAKE = {
    Mistake.SOMEBODY_ELSE: _("The case is about somebody else"),
    Mistake.WRONG_NUMBER: _("The case had a wrong national identity number"),
}
