"""The drawings of easy-to-read booklets by name, each with what it shows, for people who do not see it."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_

DRAWINGS: Mapping[str, str] = {
    "cover": N_("A woman holds a booklet."),
    "danger": N_("A hand holds a mobile phone that makes an emergency call."),
    "book": N_("Two hands hold an open booklet."),
    "crime": N_("A hand takes a purse out of another person's bag."),
    "fault": N_("An older man lays his hand on a woman's shoulder."),
    "feelings": N_("A woman sits with her head down, with a dark cloud beside her."),
    "trust": N_("A woman and an older man with a stick talk on a bench."),
    "helpers": N_("A woman and a helper sit at a table and talk."),
    "telephone": N_("A person talks on the telephone."),
    "doctor": N_("A doctor with a stethoscope listens to a woman."),
    "police": N_("A woman tells a police officer what happened, and he writes it down."),
    "together": N_("A woman and an older man with a stick walk through an open door together."),
    "interpreter": N_("An interpreter between two people who speak different languages."),
    "paper": N_("A sheet of paper gets a stamp."),
    "safe": N_("A house with a closed door has a shield beside it."),
    "know": N_("A woman reads a letter."),
    "lawyer": N_("A lawyer holds a folder beside a pair of scales."),
    "money": N_("Coins lie in front of a calendar with one marked day."),
    "court": N_("A judge sits at a high table, and a woman speaks from a chair."),
    "details": N_("A padlock closes a folder about a person."),
    "complain": N_("A woman says calmly that she is not happy, and a man in a wheelchair listens."),
    "words": N_("A magnifying glass lies on an open dictionary."),
    "numbers": N_("A pen lies on a notebook with a list of people."),
    "time": N_("A clock in front of a calendar with one marked day."),
    "hospital": N_("A hospital has a cross above its door."),
    "made": N_("The hands of four people hold a page."),
}
