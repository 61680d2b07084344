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
};
