"""PostgreSQL: the database that comes with Samvirke, or the way to one that stands elsewhere.

In:  a folder, or SAMVIRKE_DATABASE_URL.   Out: a running cluster with Samvirke's roles;
where each role connects.
Never: a table, a migration, Django; the rooms own what is in the database.
"""

from samvirke.surfaces.commands.postgres.cluster import (
    Cluster,
    ensure,
    init,
    remove,
    reset,
    start,
    status,
    stop,
)
from samvirke.surfaces.commands.postgres.connections import (
    Connection,
    at,
    connection,
    default_folder,
    demonstrates,
    stands_elsewhere,
    url,
)
from samvirke.surfaces.commands.postgres.databases import bare_database, create_database, drop_database
from samvirke.surfaces.commands.postgres.errors import NoDatabaseError, PostgresError
from samvirke.surfaces.commands.postgres.facts import Link, is_simulated, role_faults
from samvirke.surfaces.commands.postgres.roles import ROLES, script
from samvirke.surfaces.commands.postgres.system import programs, programs_version

__all__ = [
    "ROLES",
    "Cluster",
    "Connection",
    "Link",
    "NoDatabaseError",
    "PostgresError",
    "at",
    "bare_database",
    "connection",
    "create_database",
    "default_folder",
    "demonstrates",
    "drop_database",
    "ensure",
    "init",
    "is_simulated",
    "programs",
    "programs_version",
    "remove",
    "reset",
    "role_faults",
    "script",
    "stands_elsewhere",
    "start",
    "status",
    "stop",
    "url",
]
