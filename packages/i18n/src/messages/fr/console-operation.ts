/** La console : maintenance des portails et clés de signature. */
export const consoleMaintenance = {
  nav: "Maintenance",
  title: "Maintenance",
  intro: "Fermer les portails le temps d’une intervention. L’administration garde l’accès, les envois continuent.",
  state: {
    open: "Les portails sont ouverts.",
    announced: "Fermeture prévue le {time}",
    closed: "Les portails sont fermés depuis le {time}",
    expected: "Réouverture prévue le {time}",
  },
  message: "Message",
  messageHint: "Ce que lisent les personnes, dans les deux langues.",
  startsAt: "Fermer le",
  startsAtHint: "Laisser vide pour fermer tout de suite.",
  expectedEnd: "Réouverture prévue le",
  expectedEndHint: "Indicative : les portails restent fermés jusqu’à ce que vous les rouvriez.",
  retry: "Nouvel essai après (secondes)",
  word: "FERMER",
  confirm: "Tapez {word} pour confirmer",
  wrongWord: "Tapez {word}.",
  submit: "Fermer les portails",
  replace: "Remplacer par une autre maintenance",
  begun: "Les portails sont fermés.",
  planned: "La maintenance est annoncée dans tous les portails.",
  end: "Rouvrir les portails",
  cancel: "Annuler la maintenance",
  endTitle: "Rouvrir les portails ?",
  endText: "Tout le monde retrouve l’accès ; les pages ouvertes reprennent d’elles-mêmes.",
  ended: "Les portails sont ouverts.",
};

export const consoleKeys = {
  nav: "Clés de signature",
  title: "Clés de signature",
  intro: "Elles signent les jetons d’identité et de déconnexion. La clé est renouvelée tous les 90 jours, ou ici.",
  table: "Clés de signature, de la plus récente à la plus ancienne",
  columns: { key: "Clé", state: "État", from: "Signe à partir du", until: "Publiée jusqu’au" },
  states: { upcoming: "À venir", signing: "Signe", replaced: "Remplacée", retired: "Retirée" },
  noEnd: "—",
  rotate: "Renouveler",
  rotateTitle: "Renouveler la clé de signature ?",
  rotateText:
    "Une nouvelle clé est publiée tout de suite et signe dans 24 heures. L’ancienne reste publiée jusqu’à l’expiration de son dernier jeton : personne ne remarque rien.",
  rotated: "La nouvelle clé signera à partir du {time}.",
  waiting: "Une clé attend déjà de signer, à partir du {time}.",
  emergency:
    "Une clé est-elle tombée en de mauvaises mains ? La commande « npm run mgs -- keys:rotate --now » les révoque toutes.",
};
