"""Why a basis does not carry a disclosure, in words: what, why, what next. Message ids."""

from __future__ import annotations

from collections.abc import Mapping

from samvirke.statutes.sharing import Condition, Obstacle

SENTENCES: Mapping[Obstacle, str] = {
    Obstacle.ANOTHER_COUNTRY: (
        "This is another country's law, and each country's bodies keep their own. Choose a basis of "
        "this country."
    ),
    Obstacle.FROM_MEMORY: (
        "Nobody has read this rule for Samvirke; it is noted from memory. Read the law and fill in the "
        "law pack first."
    ),
    Obstacle.NOT_READ: (
        "It is known that this rule exists, and not for whom and for what. Read the law and fill in the"
        " law pack first."
    ),
    Obstacle.NOT_IN_FORCE: "This rule is not in force on that day. Choose the rule that is.",
    Obstacle.DUTY_TO_TELL: (
        "This is a duty to tell one thing once, not a basis for working together. Tell what must be "
        "told, and ask the person about the rest."
    ),
    Obstacle.NEVER_COORDINATION: (
        "This rule is for something else, and never for working together around a person. Ask the person."
    ),
    Obstacle.PURPOSE: "The rule does not cover this purpose. Leave the purpose out, or ask the person.",
    Obstacle.KINDS: (
        "The rule does not cover all these kinds of information. Leave out what it does not cover."
    ),
    Obstacle.GIVER: (
        "The rule does not let this kind of agency tell. Leave the office out, or find the rule that does."
    ),
    Obstacle.RECEIVER: (
        "The rule does not let this kind of agency be told. Leave the office out, or find the rule that does."
    ),
    Obstacle.NOT_ONE_OFFICE: (
        "The rule holds only inside one joint office, between its state part and its municipal part. "
        "Ask the person."
    ),
    Obstacle.OBJECTED: "The person has objected, and the rule ends there. Share nothing on it.",
    Obstacle.NO_CONSENT: (
        "The rule asks for the person's consent, and there is none. Another basis for keeping the data "
        "does not replace it. Ask the person."
    ),
    Obstacle.NOT_IN_WRITING: (
        "The rule asks for a consent in writing. Ask the person to give it digitally or on paper."
    ),
    Obstacle.CONSENT_OVER: "The consent does not last on that day. Ask the person anew.",
    Obstacle.TOO_GENERAL: (
        "The consent does not say which information, from whom and for which case, and “whatever is "
        "relevant” is no consent. Name them and ask again."
    ),
    Obstacle.ANOTHER_SOURCE: "The consent does not name the agency that would tell. Ask the person about it.",
    Obstacle.ANOTHER_RECEIVER: (
        "The consent does not name the agency that would be told, and naming another one of the same "
        "municipality does not help. Ask the person about it."
    ),
    Obstacle.ANOTHER_CASE: "The consent is for another case. Ask the person about this one.",
    Obstacle.KINDS_NOT_AGREED: (
        "The person has not agreed to share all of this. Share what they have agreed to, or ask again."
    ),
    Obstacle.PURPOSE_NOT_AGREED: "The person has not agreed to this purpose. Ask again.",
}

CONDITION_SENTENCES: Mapping[Condition, str] = {
    Condition.NEEDED_IN_OFFICE: (
        "It holds only as far as the work in the joint office needs it, and nobody has found that it "
        "does. Note why it is needed, or ask the person."
    ),
    Condition.MUNICIPALITY_S_TASKS: (
        "Even that somebody gets help may be told only when the municipality's own tasks need it or it "
        "prevents serious danger, and nobody has found either. Ask the person."
    ),
    Condition.SERIOUS_DANGER: (
        "It holds only to prevent serious danger, and nobody has found that there is one. Ask the person."
    ),
    Condition.GIVER_S_OWN_WORK: (
        "It holds only when the agency that tells cannot do its own work without it; that another one "
        "would be helped is not enough. Ask the person."
    ),
    Condition.OLDER_PERSON: (
        "It holds only for older persons and persons with a disability, and nobody has found that this "
        "person is one. Ask the person."
    ),
    Condition.DISABLED_PERSON: (
        "It holds only for persons with a disability, and nobody has found that this person is one. Ask"
        " the person."
    ),
    Condition.BOTH_HAVE_JOINED: (
        "Taking part in the shared record is voluntary, and nobody has found that both have joined. Ask"
        " the person."
    ),
    Condition.NOT_PROTECTED: (
        "Somebody with a protected identity is counted without a name. Add one to the year's count instead."
    ),
}
