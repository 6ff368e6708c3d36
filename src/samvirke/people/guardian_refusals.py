"""Why somebody cannot be recorded as a guardian: what, why, and what to do."""

from __future__ import annotations


class NotForThisAge(Exception):
    """Somebody of this footing acts for minors, or for adults, and the person is the other."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody of this kind acts for somebody of this age: a parent acts for a minor, and for an adult "
            "only somebody who was appointed. Choose another kind."
        )


class NothingInScope(Exception):
    """A guardian was to act in nothing, or in more than such a guardian may."""

    def __init__(self) -> None:
        super().__init__(
            "The scope is empty, or wider than such a guardian may have. Choose at least one kind of "
            "information that the document names."
        )


class RestsOnNoDocument(Exception):
    """No document was named, or it was seen on a day to come."""

    def __init__(self) -> None:
        super().__init__(
            "A guardian rests on a document. Write which one it is, and the day you saw it, today or earlier."
        )


class EndsBeforeItBegins(Exception):
    """The last day has been already, or everything in the scope has closed."""

    def __init__(self) -> None:
        super().__init__(
            "It would end before it begins. Choose a last day ahead; what the person decides alone by now is "
            "closed to everybody who acts for them."
        )


class AnotherFooting(Exception):
    """Parents were to have responsibility both alone and shared."""

    def __init__(self) -> None:
        super().__init__(
            "Another parent is recorded, and the two cannot both hold: one alone decides, or both share. End "
            "or change the other one first."
        )


class NotTheirOwnGuardian(Exception):
    """Somebody was to act for themselves, or nobody known was named."""

    def __init__(self) -> None:
        super().__init__(
            "A guardian is another person, who is known here. Ask them first, as a person of their own."
        )


class NotByGuardian(Exception):
    """A guardian was to act for a child by a sign-in, where the child's protection lets nobody do so."""

    def __init__(self) -> None:
        super().__init__(
            "You cannot do this for the child here. Call the office that you work with, and do it together "
            "with somebody there."
        )
