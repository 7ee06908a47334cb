"""What an answer costs over HTTP, against a bare uvicorn that sends the same bytes and a stock Strawberry."""
