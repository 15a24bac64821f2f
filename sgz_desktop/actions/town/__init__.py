"""The town around the practice station's two stories: three years of a station's work, all of it made up.

Everything is drawn from resources/practice/*.toml by a chance that falls alike in every run, planned as plain
values, and then written through the ordinary gate with the clock set back to the day it was entered.
"""
