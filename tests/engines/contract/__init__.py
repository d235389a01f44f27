"""What every engine must do: one class of tests, put together from a file for each kind of behaviour.

An engine's test subclasses `EngineContract` and gives the fixture `engine`: its backend on an empty index.
What an engine cannot do it skips by name, with the reason.
"""

from tests.engines.contract.any_word import AnyWord
from tests.engines.contract.counts import CountsAgainstRows
from tests.engines.contract.dates import Dates
from tests.engines.contract.facets import Facets
from tests.engines.contract.fields import Fields
from tests.engines.contract.keys import Spellings
from tests.engines.contract.likeness import Likeness
from tests.engines.contract.paging import Paging
from tests.engines.contract.sorting import Sorting
from tests.engines.contract.spelling import Spelling
from tests.engines.contract.stories import Stories
from tests.engines.contract.values import Values
from tests.engines.contract.words import Operators
from tests.engines.contract.writing import Writing


class EngineContract(
    Operators,
    Fields,
    Spellings,
    Dates,
    Values,
    AnyWord,
    Sorting,
    Spelling,
    Likeness,
    Paging,
    Facets,
    Stories,
    Writing,
    CountsAgainstRows,
):
    """All of it. A subclass gives `engine`."""
