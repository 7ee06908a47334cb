"""From a request to a result: the caller, the cost, the run queue, the execution."""
