"""Words that people write in their lists for roles, institutions and genders."""

from .skill_cells import BREAKS, FINE_BREAKS, normalise

ROLE_WORDS = {
    "holder": "porteur, porteuse, porteur de projet, porteuse de projet, creatrice,"
    " createur, holder, project holder",
    "volunteer": "benevole, benevoles, accompagnateur, accompagnatrice, benevole"
    " accompagnateur, benevole accompagnatrice, volunteer",
    "funder": "financeur, financeuse, financeur solidaire, funder, solidarity funder",
    "institution": "institution, partenaire, institution ou partenaire, partner,"
    " institution or partner",
    "qualified": "personne qualifiee, qualified, qualified person",
    "employee": "salarie, salariee, permanent, permanente, employee, employee of the"
    " hub",
}
INSTITUTION_WORDS = {
    "state": "etat, service de l'etat, services de l'etat, state, state service",
    "local_authority": "collectivite, collectivite locale, commune, mairie,"
    " departement, region, local authority",
    "chamber": "chambre, chambre consulaire, cci, cma, chambre de metiers, chamber,"
    " chamber of trade",
    "bank": "banque, bank",
    "company": "entreprise, societe, company",
    "association": "association, asso",
}
GENDER_WORDS = {
    "female": "f, femme, mme, madame, feminin, woman, female",
    "male": "h, m, homme, mr, monsieur, masculin, man, male",
    "other": "autre, x, other",
}


def read_words(text, words):
    """Codes and unknown pieces of a cell.

    >>> read_words("Bénévole; plombier", ROLE_WORDS)
    (['volunteer'], ['plombier'])
    """
    index = _index(words)
    codes, unknown = [], []
    for part in BREAKS.split(str(text or "")):
        pieces = [part] if normalise(part) in index else FINE_BREAKS.split(part)
        for piece in filter(str.strip, pieces):
            code = index.get(normalise(piece))
            if code is None:
                unknown.append(piece.strip())
            elif code not in codes:
                codes.append(code)
    return codes, unknown


def _index(words):
    index = {code: code for code in words}
    index.update(
        (normalise(word), code)
        for code, listed in words.items()
        for word in listed.split(",")
    )
    return index
