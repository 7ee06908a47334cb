"""Import jobs: uploads, archives, and the process that runs an import outside of requests."""
