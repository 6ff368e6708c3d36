"""`python -m manual`: write `docs/reference` anew."""

from __future__ import annotations

import shutil
from importlib import import_module

from manual.markdown import FOLDER
from samvirke.surfaces.commands import service


def main() -> None:
    """Every page and picture; what was there before is taken away."""
    service.ready()
    written = import_module("manual.pages").written()  # models can be imported only after `ready`
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, text in written.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


main()
