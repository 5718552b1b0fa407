"""What must be equal of two results folders: files byte for byte, the database as an ordered dump."""

import json
import sqlite3
from contextlib import closing


def kept(folder):
    """The files of a results folder by name, what its manifest keeps apart from provenance, and its runs."""
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    manifest = json.loads(found.pop("manifest.json"))
    assert manifest.pop("provenance")["started"]
    assert manifest.pop("digest")
    assert found.pop("scenario.yaml")
    del found[".lock"], found["runs.sqlite"]
    return {**found, "manifest": manifest, "runs": runs(folder), "about": rows(folder, "about", "name")}


def runs(folder):
    """The table of runs in order."""
    return rows(folder, "runs", "mix, replication")


def rows(folder, table, order):
    """A table of the database in some order."""
    with closing(sqlite3.connect(folder / "runs.sqlite")) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()  # noqa: S608 (own words)
