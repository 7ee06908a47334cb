"""Lists: the documents of a type, verbs to several of them, views of one's own, and what is found."""
