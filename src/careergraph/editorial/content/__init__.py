"""Documents as editors work with them: content files, references, differences and problems."""
