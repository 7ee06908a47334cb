"""Editorial: what editors do with content, as verbs: check it, load it from files, export it to files."""
