"""Short names for the three circles every question declares: who shares it, which papers, what care."""

from sgz_desktop.domain.fields import Care, Paper, Share

STATION, COUNTY, NOBODY = Share.STATION, Share.COUNTY, Share.NOBODY
INTERNAL, CLIENT, BUREAU = Paper.INTERNAL, Paper.CLIENT, Paper.BUREAU
PLAIN, IDENTIFIES, SENSITIVE = Care.PLAIN, Care.IDENTIFIES, Care.SENSITIVE
