"""The same bytes each time: openpyxl stamps the clock into its archives, so the clock is held."""

import contextlib
import datetime
import time
from unittest import mock

MOMENT = datetime.datetime(2026, 1, 5, 9, 0, 0)


class _HeldDatetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return MOMENT.replace(tzinfo=tz)


@contextlib.contextmanager
def held_clock():
    """Within it, archives and document properties carry `MOMENT`."""
    with (
        mock.patch("time.localtime", lambda *_: time.struct_time(MOMENT.timetuple())),
        mock.patch("datetime.datetime", _HeldDatetime),
    ):
        yield
