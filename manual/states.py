"""The states of things, as pictures and as tables, from the tables that the policies ask."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from manual.markdown import code, codes, modules, page, room_of, table
from samvirke.kernel.states import Lifecycle

WIDE, HIGH, GAP_X, GAP_Y, EDGE = 150, 40, 90, 34, 20
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    'width="{width}" height="{height}" role="img" aria-label="{title}" '
    'font-family="sans-serif" font-size="14">\n'
    '<defs><marker id="end" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#5b5b5b"/></marker></defs>\n'
    '<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
)
BOX = (
    '<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="8" fill="{fill}" '
    'stroke="#1f4f7a" stroke-width="{line}"/>\n'
    '<text x="{middle}" y="{base}" text-anchor="middle" fill="#1a1a1a">{words}</text>\n'
)
ARROW = '<path d="{path}" fill="none" stroke="#5b5b5b" stroke-width="1.5" marker-end="url(#end)"/>\n'


def lifecycles() -> list[tuple[str, Lifecycle]]:
    """Each with the room that keeps it."""
    return sorted(
        (
            (room_of(module), value)
            for last in ("policies", "types")
            for module in modules(last)
            for value in vars(module).values()
            if isinstance(value, Lifecycle)
        ),
        key=lambda found: found[1].of,
    )


def page_of_states() -> str:
    """Every lifecycle with its picture and its table."""
    return page(
        "States",
        "What may follow what. The rooms' own checks ask these tables; any other step is refused.",
        *(_section(room, one) for room, one in lifecycles()),
    )


def pictures() -> Iterator[tuple[str, str]]:
    """Each picture by the name of its file."""
    for _room, one in lifecycles():
        yield f"states/{one.of.lower()}.svg", picture(one)


def _section(room: str, one: Lifecycle) -> str:
    rows = [[code(state), codes(after) or "nothing: this is the end"] for state, after in one.next.items()]
    return (
        f"## {one.of}\n\nKept by `{room}`. Begins as `{one.begins}`.\n\n"
        f"![{_in_words(one)}](states/{one.of.lower()}.svg)\n\n" + table(["state", "may become"], rows)
    )


def _in_words(one: Lifecycle) -> str:
    steps = (f"{state} to {' or '.join(after)}" for state, after in one.next.items() if after)
    return f"{one.of}: {'; '.join(steps)}"


def picture(one: Lifecycle) -> str:
    """Boxes in columns by how many steps they are from the first; arrows between them."""
    places = _places(one)
    width = max(x for x, _ in places.values()) + WIDE + EDGE
    height = max(y for _, y in places.values()) + HIGH + EDGE
    head = HEAD.format(width=width, height=height, title=escape(_in_words(one), quote=True))
    arrows = (_arrow(places[state], places[after]) for state in one.next for after in one.next[state])
    boxes = (_box(state, place, one) for state, place in places.items())
    return head + "".join(arrows) + "".join(boxes) + "</svg>\n"


def _places(one: Lifecycle) -> dict[str, tuple[int, int]]:
    columns = [[one.begins]]
    seen = {one.begins}
    while columns[-1]:
        following = [after for state in columns[-1] for after in one.next[state] if after not in seen]
        columns.append(list(dict.fromkeys(following)))
        seen |= set(following)
    return {
        state: (EDGE + column * (WIDE + GAP_X), EDGE + row * (HIGH + GAP_Y))
        for column, states in enumerate(columns)
        for row, state in enumerate(states)
    }


def _box(state: str, place: tuple[int, int], one: Lifecycle) -> str:
    x, y = place
    return BOX.format(
        x=x,
        y=y,
        wide=WIDE,
        high=HIGH,
        fill="#e8f1fa" if one.next[state] else "#f3f3f3",
        line=3 if state == one.begins else 1,
        middle=x + WIDE // 2,
        base=y + HIGH // 2 + 5,
        words=escape(state.replace("_", " ")),
    )


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    """To the right as a gentle curve, back to the left below the boxes, within a column at the side."""
    (x1, y1), (x2, y2) = start, end
    if x2 > x1:
        left, right, y, z = x1 + WIDE, x2, y1 + HIGH // 2, y2 + HIGH // 2
        bend = (right - left) // 2
        path = f"M{left} {y}C{left + bend} {y} {right - bend} {z} {right} {z}"
    elif x2 < x1:
        y, z = y1 + HIGH // 2 + 8, y2 + HIGH // 2 + 8
        path = f"M{x1} {y}C{x1 - 45} {y + 14} {x2 + WIDE + 45} {z + 14} {x2 + WIDE} {z}"
    else:
        middle = x1 + WIDE // 2
        path = (
            f"M{middle} {y1 + HIGH}L{middle} {y2}"
            if y2 > y1
            else f"M{middle + 20} {y1}L{middle + 20} {y2 + HIGH}"
        )
    return ARROW.format(path=path)
