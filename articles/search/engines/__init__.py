"""The engines behind the search: Haystack backends, all held to one contract (`engines.ask`).

What they share stands here:

    ask              what an engine is asked, and what it answers
    schema           the fields
    documents        the documents of one commit as arrays
    matching         what an engine's matcher gives
    expanded         the words that w?rd, word* and word~ stand for
    spans            where words stand: in a row, close, in one sentence, among the first
    nearness         how close two words of a query stand
    counting         counting by article or by story
    answer           one search: filters, counts, order, page
    place            the folder: pointer to the current index, locks, the rebuild's journal
    store            one path: reading, writing, rebuilding
    haystack_search  Haystack's own query methods
    backend          Haystack's seam

An engine adds how it keeps texts and finds words in them.
"""
