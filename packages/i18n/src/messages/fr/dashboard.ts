export const dashboard = {
  greeting: "Bonjour {name}",
  summary:
    "{count, plural, =0 {Aucune notification ne vous attend.} one {# notification vous attend.} other {# notifications vous attendent.}}",
  latest: "Dernières notifications",
  seeAll: "Tout voir",
  online: "En ligne",
  onlineCount: "{count, plural, one {# personne} other {# personnes}}",
  you: "vous",
  othersOnline: "{count, plural, one {et # autre} other {et # autres}}",
  nobodyElse: "Personne d’autre n’est en ligne pour le moment.",
  onlineUnknown: "La présence s’affichera au retour du temps réel.",
  onlineFull: "La liste des personnes en ligne est complète. Elle s’affichera dès qu’une place se libérera.",
  actions: "Actions rapides",
  health: "État du système",
  healthStates: { ok: "Opérationnel", degraded: "Ralenti", down: "Arrêté" },
  healthParts: {
    realtime: "Temps réel",
    deliveries: "Livraisons",
    deliveriesDetail: "{waiting} en attente, {dead} en échec",
  },
  healthLoading: "Vérification des services",
  healthFailed: "L’état du système n’a pas pu être lu.",
};
