"""Search by what people type: names with their typing errors, and the words of what is said.

`words` finds texts by their words, `names` the bearers of names, `searching` searches a store.
"""

from dealgraph.search.names import Hit, How, NameIndex
from dealgraph.search.searching import Search
from dealgraph.search.words import WordIndex

__all__ = ["Hit", "How", "NameIndex", "Search", "WordIndex"]
