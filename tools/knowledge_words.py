"""Words by which an offer and a request of knowledge may be about the same thing."""

import re

from .skill_cells import normalise

WORD = re.compile(r"[a-z0-9+#]+")
# Words of every offer and request, which say nothing of what it is about.
USUAL = (
    # French
    "a au aux avec bien ce ces cet cette chez comment comme d dans de des du elle en"
    " est et eux il ils j je l la le les leur leurs lui m ma me mes mieux moi mon n ne"
    " ni nos notre nous on ou par pas plus pour qu que qui quoi s sa sans se ses si son"
    " sont sous sur t ta te tes toi ton tout tous tres tu un une vers vos votre vous y"
    " aide aider apprendre apprentissage atelier base besoin cherche chercher"
    " comprendre connaissance conseil cours debuter debutant debutante decouverte"
    " decouvrir donner donne echange envie explication expliquer faire formation former"
    " gerer initiation initier montrer niveau notion partage partager petit petite"
    " pratique pratiquer premier progresser proposer propose savoir souhaite"
    " transmettre utiliser voudrais"
    # English
    " about advanced advice all an and at basic beginner by can class could course"
    " discover do exchange explain for from get give good help how i in into intro"
    " introduction is it know knowing knowledge learn learning lesson level like"
    " little make making more my need of offer or our practice request share show skill"
    " small some teach teaching the their to understand use using want we with workshop"
    " would you your"
)
EMPTY = frozenset(USUAL.split())
SHORTEST = 2


def key_words(*texts):
    """What these texts are about: plain words without endings of the plural, sorted.

    >>> key_words("Initiation à la couture", "Ourlets et boutons")
    ['bouton', 'couture', 'ourlet']
    >>> key_words("Learn English!")
    ['english']
    """
    found = (
        _singular(word)
        for text in texts
        for word in WORD.findall(normalise(text).replace("œ", "oe"))
        if word not in EMPTY
    )
    return sorted({w for w in found if len(w) >= SHORTEST and w not in EMPTY})


def _singular(word):
    if len(word) > 3 and word[-1] in "sx" and word[-2] != "s":
        return word[:-1]
    return word
