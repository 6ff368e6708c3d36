"""The log: JSON lines on stderr, plain lines in a terminal, and never a word about a person.

Our own lines hold what we chose. What libraries log may hold anything, so of theirs only the place it was
logged from and the text before its values were filled in are written; of an exception, its kind and where it
was raised, never what it said.
"""

from __future__ import annotations

import logging
import logging.config
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from structlog.contextvars import merge_contextvars

FRAMES = 12
Event = MutableMapping[str, Any]


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for lines of our own: an event, and values that hold no person."""
    wrapped: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[merge_contextvars, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return wrapped


def to_stderr() -> None:
    """From now on, this process logs to stderr. Called when a server or worker has been set up."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": {"()": formatter}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "samvirke": {"level": "INFO"},
                "django": {"handlers": [], "level": "ERROR", "propagate": True},
                "django.server": {"handlers": [], "propagate": True},
                "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            },
        }
    )


def formatter(*, for_people: bool | None = None) -> logging.Formatter:
    """JSON, or plain lines when stderr is a terminal."""
    plain = sys.stderr.isatty() if for_people is None else for_people
    last: Any = structlog.dev.ConsoleRenderer() if plain else structlog.processors.JSONRenderer()
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[merge_contextvars, _theirs],
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            last,
        ],
        keep_exc_info=False,
        use_get_message=False,  # the text before its values were filled in
        pass_foreign_args=True,
    )


def told_of(problem: BaseException) -> dict[str, Any]:
    """What may be told of an exception: its kind and the lines it went through, innermost last."""
    frames = traceback.extract_tb(problem.__traceback__)[-FRAMES:]
    kind = type(problem)
    return {
        "error": f"{kind.__module__}.{kind.__qualname__}",
        "where": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _theirs(logger: Any, method: str, event: Event) -> Event:
    record: logging.LogRecord = event["_record"]
    event["event"] = event["event"] if event.pop("positional_args") else "library"
    event["logged_at"] = f"{_short(record.pathname)}:{record.lineno}"
    action = getattr(record, "action", None)
    if isinstance(action, str):
        event["action"] = action
    problem = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if problem is not None:
        event.update(told_of(problem))
    event.pop("exc_info", None)
    record.exc_info = record.exc_text = None
    return event


def _short(file: str) -> str:
    parts = Path(file).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    return "/".join(parts[-2:])
