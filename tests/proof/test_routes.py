"""The proof of the routes, in small, and that it finds what tells hidden from missing."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from proof import routes
from proof.channels import visitors
from surfaces import everywhere

pytestmark = pytest.mark.usefixtures("real")


def test_no_route_tells_what_is_not_for_the_visitor() -> None:
    outcome = routes.run(routes.SMALL, seed=1)
    assert outcome.failures == ()
    assert outcome.checked >= routes.SMALL


def test_an_answer_that_tells_hidden_from_missing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that looks past the gate before it refuses."""
    monkeypatch.setattr(visitors.Visitor, "sees", lambda self, ids: set())
    outcome = routes.run(200, seed=2)
    assert any("for what is not shown" in problem for problem in outcome.failures)
    assert any("the body tells" in problem for problem in outcome.failures)
    assert any("the statements tells" in problem for problem in outcome.failures)


def test_a_route_that_nobody_knows_how_to_fill_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(request: HttpRequest, **_: object) -> HttpResponse:
        return HttpResponse()

    made_up = [*everywhere.routes([path("letters/<uuid:letter_id>/", nothing, name="letter")])]
    monkeypatch.setattr(routes, "routes", lambda patterns: made_up)
    outcome = routes.run(10, seed=1)
    assert "letter_id" in outcome.failures[0]
    assert outcome.checked == 0
