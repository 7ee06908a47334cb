"""Editorial: the verbs of editors: check content, load it from files, export it to files."""
