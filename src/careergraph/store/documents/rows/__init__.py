"""Documents to rows and back."""

from careergraph.store.documents.rows.ids import Key as Key
from careergraph.store.documents.rows.read import read as read
from careergraph.store.documents.rows.read import read_all as read_all
from careergraph.store.documents.rows.write import remove as remove
from careergraph.store.documents.rows.write import write as write
