"""From a document to an answer: who asks, at what cost, in which turn."""
