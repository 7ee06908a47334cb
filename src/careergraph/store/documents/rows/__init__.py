"""Documents to rows and back."""

from careergraph.store.documents.rows.read import iterate_all as iterate_all
from careergraph.store.documents.rows.read import read as read
from careergraph.store.documents.rows.read import read_all as read_all
from careergraph.store.documents.rows.references import broader_skills as broader_skills
from careergraph.store.documents.rows.references import count_live as count_live
from careergraph.store.documents.rows.references import live_idents as live_idents
from careergraph.store.documents.rows.references import live_keys as live_keys
from careergraph.store.documents.rows.references import referring as referring
from careergraph.store.documents.rows.write import remove as remove
from careergraph.store.documents.rows.write import write as write
