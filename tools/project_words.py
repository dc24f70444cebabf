"""Words that people write in their lists for the phases and outcomes of projects."""

PHASE_WORDS = {
    "reception": "accueil, recu, recue, accueilli, accueillie, reception, received",
    "diagnosis": "diagnostic, orientation, diagnosis",
    "accompaniment": "accompagnement, accompagne, accompagnee, en accompagnement,"
    " accompaniment, accompanied",
    "launch": "lancement, creation, en creation, montage, launch",
    "follow_up": "suivi, suivi post-creation, post-creation, cree, creee, follow-up,"
    " follow up, follow-up after creation",
    "closed": "parcours termine, termine, terminee, sorti, sortie, clos, close, fini,"
    " path ended, ended, closed",
}
OUTCOME_WORDS = {
    "activity_created": "creation, creation d'activite, activite creee, cree,"
    " activity created, creation of activity",
    "job": "emploi, embauche, cdi, cdd, job",
    "training": "formation, entree en formation, training",
    "reorientation": "reorientation, reoriente, reorientee",
    "stopped": "abandon, abandonne, arret, project given up, given up",
    "lost_contact": "perdu de vue, perdue de vue, sans nouvelles, contact lost,"
    " lost contact",
    "refused": "non admis, non admise, refus, refuse, refusee, not admitted, refused",
    "other": "autre, autre issue, other, other outcome",
}
KIND_WORDS = {
    "individual": "personnel, projet personnel, individuel, individual, personal,"
    " personal project",
    "collective": "collectif, projet collectif, collective, collective project",
}
ENTRY_WORDS = {
    "creation": "creation, nouvelle activite",
    "existing_activity": "activite deja lancee, deja lancee, activite existante,"
    " activity already running, existing activity",
    "dla": "dla, local support scheme (dla)",
}
