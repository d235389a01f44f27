"""Files of actors, read: TOML, CSV, FollowTheMoney and the PETRARCH actor dictionary. No Django, no database.

Each reader turns the bytes of one file into a stream of AuthorityEntry and Problem, in the order of the file
where the form allows it, and never raises on what the file says. `read_actor_file` picks the reader.
"""

from articles.resolve.authority_files.entry import AuthorityEntry, Office, Problem
from articles.resolve.authority_files.reading import FORMATS, Format, guess_format, read_actor_file

__all__ = ["FORMATS", "AuthorityEntry", "Format", "Office", "Problem", "guess_format", "read_actor_file"]
