"""The editors' verbs as mutations."""
