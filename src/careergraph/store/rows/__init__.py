"""Documents to rows and back."""

from careergraph.store.rows.ids import Key as Key
from careergraph.store.rows.read import read as read
from careergraph.store.rows.read import read_all as read_all
from careergraph.store.rows.write import remove as remove
from careergraph.store.rows.write import write as write
