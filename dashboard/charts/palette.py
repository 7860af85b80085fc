"""Colours: blue for more, never red; told apart by eyes of every kind, on light and dark ground."""

SEQUENCE = ("#DCEBF1", "#9CC9DC", "#5BA3C4", "#2A7AA3", "#0F4F74")
CATEGORIES = ("#2878B5", "#C8741A", "#12908E", "#8466B8")
DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up")
CHOSEN = "#C8741A"
OTHERS = "#2878B5"
NO_DATA = "#B9BEC3"
GROUND = "rgba(128,150,165,0.16)"  # land under circles, on light and dark alike
OCCUPIED = "#7A6A94"
MEMBER = "#12908E"
UNKNOWN = "rgba(128,136,144,0.45)"  # land under circles of which nothing is known: as GROUND, no glare at night
SIGN = "#5E6E79"
LINE = "#5E6E79"
STATUS = {
    "temporarily_occupied": "#4B4458",
    "active_hostilities": "#C8741A",
    "active_hostilities_e_registers": "#E3B062",
    "possible_hostilities": "#7FB2D1",
}
PATTERNS = {
    "temporarily_occupied": "/",
    "active_hostilities": "x",
    "active_hostilities_e_registers": ".",
    "possible_hostilities": "",
}


def faint(colour: str) -> str:
    """The colour as a ground that lets text and lines be read on light and dark alike."""
    return "rgba({}, {}, {}, 0.18)".format(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))
