"""Common Norwegian names, combined at random."""

from __future__ import annotations

from samvirke.kernel.codes import Sex


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN_NAMES: dict[Sex, tuple[str, ...]] = {
    Sex.FEMALE: _names(
        "Anna Anne Astrid Berit Camilla Elin Elise Emilie Eva Frida Grete Guro Hanne Hedda Heidi Hilde Ida "
        "Ingrid Inger Johanne Kari Karin Kristin Lena Linda Liv Maria Marit Marte Mina Monica Nina Nora "
        "Ragnhild Randi Silje Siri Sofie Solveig Stine Tone Tonje Trine Turid Vilde Åse Aisha Fatima Leila "
        "Mariam Yasmin Samira Zahra Natalia Olga Hoa"
    ),
    Sex.MALE: _names(
        "Anders Arne Atle Bjørn Christian Daniel Eirik Espen Frode Geir Gunnar Hans Harald Henrik Håkon Ivar "
        "Jan Jens Johan Jonas Jørgen Kjell Knut Kristian Lars Magnus Martin Mats Morten Nils Odd Ola Olav "
        "Petter Rolf Rune Sander Sindre Sivert Stian Svein Terje Thomas Tor Trond Vegard Øyvind Ahmed Ali "
        "Hassan Ibrahim Omar Yusuf Samuel Dawit Minh"
    ),
}
FAMILY_NAMES: tuple[str, ...] = _names(
    "Andersen Bakken Berg Berge Birkeland Bråten Bøe Dahl Dahle Eide Eliassen Eriksen Fossum "
    "Gulbrandsen Hagen Halvorsen Hansen Haugen Hauge Helgesen Henriksen Holm Iversen Jacobsen Jensen "
    "Johansen Johnsen Karlsen Knutsen Kristiansen Larsen Lie Lien Lund Lunde Martinsen Moe Moen Myhre "
    "Mæland Nguyen Nilsen Nygård Olsen Pedersen Rasmussen Ruud Rønning Sandberg Solberg Solheim Strand "
    "Sunde Svendsen Sæther Sørensen Tangen Thomassen Vik Ødegård Aasen Abdi Ahmed Ali Haile Hussain "
    "Kowalska Tran Warsame"
)
