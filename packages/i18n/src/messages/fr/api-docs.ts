/** La page de référence de l’API. */
export const apiDocs = {
  title: "API de {portal}",
  intro:
    "Tout ce que les pages montrent, pour des programmes. Un jeton du fournisseur OpenID Connect, ou le cookie d’une session, ouvre ces adresses dans les droits de la personne. Les descriptions sont en anglais.",
  download: "Document OpenAPI (JSON)",
  contents: "Sommaire",
  schemas: "Schémas",
  scope: "Scope",
  parameters: "Paramètres",
  body: "Corps",
  answers: "Réponses",
  liveEvents: "Événements en direct",
  liveEventsIntro:
    "Ce que les pages ouvertes apprennent à l’instant, par le protocole Pusher Channels. Un canal s’ouvre par POST /broadcasting/auth.",
  downloadEvents: "Document AsyncAPI (JSON)",
  events: "Événements",
  clientEvents: "Entre membres du canal",
  withoutAuthorization: "sans autorisation",
};
