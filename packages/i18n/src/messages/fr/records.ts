/** What every page of a record has: who is there, what others change, and forms that several people fill in. */
export const records = {
  here: "Aussi sur cette page",
  editing: "modifie",
  unsaved: "non enregistré",
  somebody: "Quelqu’un",
  nothing: "(vide)",
  changed: "Mis à jour à l’instant par {name}",
  save: "Enregistrer",
  discard: "Annuler mes modifications",
  saved: "Enregistré",
  restored: "Vos modifications non enregistrées ont été retrouvées.",
  chooseFirst:
    "Choisissez d’abord, dans les champs signalés, la valeur à garder. Rien de ce que vous avez saisi n’est perdu.",
  conflict: {
    label: "{field} : deux valeurs",
    text: "{name} a changé ce champ pendant que vous le modifiiez.",
    mine: "La vôtre",
    theirs: "Actuelle",
    keepMine: "Garder la mienne",
    takeTheirs: "Prendre l’actuelle",
  },
};
