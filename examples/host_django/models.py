"""The host's own tables, beside Django's."""

from django.db import models


class Article(models.Model):  # type: ignore[misc] # Django has no types
    """An article of the host's."""

    title = models.CharField(max_length=200)
