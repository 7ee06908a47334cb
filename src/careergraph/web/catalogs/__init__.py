"""The catalog that an app answers from: where it comes from, and how a newer one takes its place."""
