"""The engines behind the search: Haystack backends, all held to one contract (`engines.ask`)."""
