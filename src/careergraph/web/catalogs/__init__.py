"""The catalog that an app answers from, and its replacement by a newer one."""
