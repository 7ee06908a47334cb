"""careergraph inside of a FastAPI application, as routes among its own.

Run it: `uvicorn fastapi_host:app` in this folder.
"""

from fastapi import FastAPI

from careergraph import CareerGraph, Config

careers = CareerGraph(Config(database_url="sqlite:///var/careergraph.db"))

app = FastAPI(lifespan=careers.lifespan)
app.router.routes.extend(careers.routes(prefix="/careers"))
