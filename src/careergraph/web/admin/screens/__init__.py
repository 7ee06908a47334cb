"""The screens of the admin: a file and a template each."""
