/** La page des sessions : leurs durées, et la fin de toutes. */
export const consoleSessions = {
  nav: "Sessions",
  title: "Sessions",
  intro: "Combien de temps une connexion, et ce qu’elle ouvre, restent valables.",
  live: "{sessions, plural, =0 {Aucune session en cours} one {# session en cours} other {# sessions en cours}}",
  livePeople:
    "{people, plural, one {# personne} other {# personnes}} ; {remembered, plural, =0 {aucune session} one {# session} other {# sessions}} avec « Rester connecté ».",
  groups: { short: "Sans « Rester connecté »", long: "Avec « Rester connecté »", tokens: "Jetons et portails" },
  fields: {
    idle: "Inactivité permise",
    absolute: "Durée maximale",
    remembered_idle: "Inactivité permise",
    remembered_absolute: "Durée maximale",
    access_token: "Jeton d’accès",
    refresh_token: "Jeton de rafraîchissement",
    portal_session: "Session d’un portail",
  },
  explained: {
    idle: "La session finit quand aucune page n’a été ouverte pendant ce temps, et à la fermeture du navigateur.",
    absolute: "Passé ce temps, il faut se reconnecter, même en plein travail.",
    remembered_idle:
      "La session survit à la fermeture du navigateur ; elle finit après ce temps sans une page ouverte.",
    remembered_absolute: "Passé ce temps, il faut se reconnecter, quoi qu’il arrive.",
    access_token:
      "Ce qu’une application présente à chaque appel. 15 minutes au plus : elle en obtient un autre d’elle-même.",
    refresh_token:
      "Ce qui donne un nouveau jeton d’accès. Sans usage pendant ce temps, l’application repasse par la connexion.",
    portal_session:
      "Après ce temps, un portail redemande à Administration qui est là. Rien ne se voit tant que la session dure.",
  },
  unit: "Unité : {field}",
  units: { minutes: "minutes", hours: "heures", days: "jours" },
  save: "Enregistrer",
  saved: "Les durées sont enregistrées. Elles valent aussi pour les sessions en cours.",
  unchanged: "Rien n’a changé.",
  note: "Une durée raccourcie met fin, dans la minute, aux sessions qui la dépassent. Un jeton déjà émis garde la sienne, mais ne vaut rien sans sa session.",
  everyone: "Mettre fin à toutes les sessions",
  everyoneText:
    "Tout le monde devra se reconnecter, sauf vous sur cet appareil : portails, applications, pages ouvertes. À faire après une fuite ou un vol. Rien de ce qui est enregistré n’est perdu.",
  phrase: "DÉCONNECTER TOUT LE MONDE",
  confirm: "Recopiez {phrase} pour confirmer",
  ended: "Les sessions prennent fin. Celles qui restent se comptent en haut de cette page.",
};
