"""A sentence speaks of one career, where a source speaks of a group: `Waiters and Waitresses`."""

import csv
import gzip

import pytest

from careergraph.editorial.importers.profile import PROFILES, OnetProfile, read_profile
from careergraph.editorial.importers.titles import display_titles, singular_title

from .sampling import DATA

RULE = read_profile(OnetProfile, PROFILES / "onet.json").titles

TITLES = {
    "Actuaries": "Actuary",
    "Nurse Midwives": "Nurse Midwife",
    "Coaches and Scouts": "Coach or Scout",
    "Waiters and Waitresses": "Waiter or Waitress",
    "Physician Assistants": "Physician Assistant",
    "General and Operations Managers": "General and Operations Manager",
    "Compensation, Benefits, and Job Analysis Specialists": "Compensation, Benefits, and Job Analysis Specialist",
    "Securities, Commodities, and Financial Services Sales Agents": (
        "Securities, Commodities, and Financial Services Sales Agent"
    ),
    "Plumbers, Pipefitters, and Steamfitters": "Plumber, Pipefitter, or Steamfitter",
    "Tax Examiners and Collectors, and Revenue Agents": "Tax Examiner or Collector, or Revenue Agent",
    "Fraud Examiners, Investigators and Analysts": "Fraud Examiner, Investigator or Analyst",
    "Dining Room and Cafeteria Attendants and Bartender Helpers": (
        "Dining Room and Cafeteria Attendant or Bartender Helper"
    ),
    "Computer Systems Engineers/Architects": "Computer Systems Engineer/Architect",
    "Career/Technical Education Teachers, Middle School": "Middle School Career/Technical Education Teacher",
    "Dentists, General": "General Dentist",
    "Physicians, Pathologists": "Pathologist",
    "Bus Drivers, Transit and Intercity": "Transit and Intercity Bus Driver",
    "Camera Operators, Television, Video, and Film": "Television, Video, and Film Camera Operator",
    "Forging Machine Setters, Operators, and Tenders, Metal and Plastic": "Metal and Plastic Forging Machine Operator",
    "Conveyor Belt Setters, Operators, and Tenders, Rubber": "Rubber Conveyor Belt Setter, Operator, or Tender",
    "Hosts and Hostesses, Restaurant, Lounge, and Coffee Shop": ("Restaurant, Lounge, and Coffee Shop Host or Hostess"),
    "Architects, Except Landscape and Naval": "Architect (except Landscape and Naval)",
    "Switchboard Operators, Including Answering Service": "Switchboard Operator (including Answering Service)",
    "Engineering Technologists and Technicians, Except Drafters, All Other": (
        "Other Engineering Technologist or Technician (except Drafters)"
    ),
    "Managers, All Other": "Other Manager",
    "First-Line Supervisors of Police and Detectives": "First-Line Supervisor of Police and Detectives",
    "Captains, Mates, and Pilots of Water Vessels": "Captain, Mate, or Pilot of Water Vessels",
    "Laborers and Freight, Stock, and Material Movers, Hand": "Hand Laborer or Freight, Stock, and Material Mover",
    "Helpers--Carpenters": "Carpenter's Helper",
    "Clergy": "Clergy Member",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_many_becomes_that_of_one(title: str) -> None:
    assert singular_title(title, RULE) == TITLES[title]


@pytest.mark.parametrize(
    "title", ["Gubbins, Purple", "Farm Products", "Physicians, Surgeons", "", "Police", "Data Scientist"]
)
def test_a_title_that_is_not_recognised_stays_as_it_is(title: str) -> None:
    assert singular_title(title, RULE) == title


@pytest.mark.skipif(not (DATA / "onet_29_3").is_dir(), reason="no open data beside the repository")
def test_every_title_of_the_database_is_one_career_of_its_own() -> None:
    with gzip.open(DATA / "onet_29_3" / "Occupation Data.txt.gz", "rt") as file:
        titles = [row["Title"] for row in csv.DictReader(file, delimiter="\t")]
    displayed = {singular_title(title, RULE) for title in titles}
    assert len(titles) == len(displayed) == 1016
    assert not displayed & set(titles), "none stays as it is"
    assert max(map(len, displayed)) <= 66, "two of them fit a sentence"
    assert not [title for title in displayed if "--" in title or "All Other" in title.partition(" of ")[0]]
    assert set(RULE.exceptions) <= set(titles)


def test_labels_are_written_as_titles() -> None:
    labels = {"en": "head of  ICT workshop", "de": "leiter der Werkstatt"}
    assert display_titles(labels) == {"en": "Head of ICT Workshop", "de": "Leiter der Werkstatt"}
    assert display_titles({"en": "actor/actress"}) == {"en": "Actor/Actress"}
    assert display_titles({"en": "air conditioning (and refrigeration) drafter"}) == {
        "en": "Air Conditioning (And Refrigeration) Drafter"
    }
