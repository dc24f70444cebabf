"""From the fixtures alone to signed and printed pacts, on a real server, over RPC."""

from harness import Server, check, finish, scratch_database
from journey import journey

with scratch_database() as db, Server(db) as server:
    journey(server.url, db, "admin", "admin", check)
finish()
