"""The zone of every time that the library tells."""

from __future__ import annotations

import datetime as dt

VIETNAM = dt.timezone(dt.timedelta(hours=7))
"""Vietnam has one zone and no summer time; a time without a zone on its pages is in this one."""
