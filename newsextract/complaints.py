"""What to do about what a database complains of, by a sign in its words."""

from __future__ import annotations

_NO_SERVER = "check that the server runs and takes connections at this address"
_GONE = "the server went away; start it and give the same command again: what is written is kept"
_BUSY = "another program is writing to it; wait for it or close it"
_PERMISSIONS = "give a file you may write, or change its permissions"
_USER = "check user name and password"
_OPTIONS = "check the options behind the ? of the address"
_DATABASE = "create the database first"

# The first sign that is there decides, so the more special stand first.
_ADVICE = (
    ("locked", _BUSY),
    ("lock wait", _BUSY),
    ("lock on file", "another program has it open; close it"),
    ("readonly", _PERMISSIONS),
    ("read-only", _PERMISSIONS),
    ("not a database", "the file is something else; choose another name"),
    ("malformed", "the file is damaged; restore it, or make a new one from the archive"),
    ("unable to open", "check that the folder exists and may be written"),
    ("full", "make room on the disk"),
    ("no space", "make room on the disk"),
    ("i/o error", "look at the disk, its quota and the limit on the size of files (ulimit -f)"),
    ('role "', "check the user name"),
    ("password", _USER),
    ("access denied", _USER),
    ("permission denied for", "let this user create tables: GRANT CREATE ON SCHEMA … TO …"),
    ("permission denied", _PERMISSIONS),
    ("connection option", _OPTIONS),
    ("keyword argument", _OPTIONS),
    ("no equivalent in encoding", "make the database with ENCODING 'UTF8'"),
    ("resolve host", "check the address"),
    ("name or service not known", "check the address"),
    ("does not exist", _DATABASE),
    ("unknown database", _DATABASE),
    ("refused", _NO_SERVER),
    ("timeout", _NO_SERVER),
    ("timed out", _NO_SERVER),
    ("closed the connection", _GONE),
    ("terminating connection", _GONE),
    ("lost connection", _GONE),
    ("gone away", _GONE),
    ("server on socket", _NO_SERVER),
)


def advice_on(complaint: str) -> str | None:
    """What to do, as the advice of a ``StoreError``; None where nothing is known."""
    low = complaint.lower()
    return next((advice for sign, advice in _ADVICE if sign in low), None)


_VALUES = "give a value for each :name: rows(sql, {'name': …})"
_NO_SELECT = (
    *("readonly", "read-only", "read only", "more than one", "multiple commands", "one statement"),
    *("error in your sql", "syntax error"),
)


def advice_on_reading(complaint: str) -> str | None:
    """As ``advice_on``, where nothing was to be written."""
    low = complaint.lower()
    if any(sign in low for sign in _NO_SELECT):
        return "give one SELECT: a store changes only through what newsextract itself writes"
    if "bind parameter" in low or low.startswith("no value for"):
        return _VALUES
    if "no such table" in low or "no such column" in low:
        return "the page of the database in the documentation has its tables and columns"
    return advice_on(complaint)
