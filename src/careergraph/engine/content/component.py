"""Components of nearness: tasks, knowledge, skills and so on."""

from careergraph.engine.described_enum import DescribedEnum


class Component(DescribedEnum):
    """One of the things that make two careers near."""

    TASKS = "TASKS", "The words of what is done: the task statements and the summary."
    ACTIVITIES = "ACTIVITIES", "The activities, each out of a list that many careers share."
    KNOWLEDGE = "KNOWLEDGE", "Which fields of knowledge are important, and how important each is."
    TITLES = "TITLES", "The words of what it is called: the title and the aliases."
    SKILLS = "SKILLS", "The main concepts of the skills; one that is related to a skill counts half."
    FIGURES = "FIGURES", "The values that both have and that can be compared: how close each two of them are."
