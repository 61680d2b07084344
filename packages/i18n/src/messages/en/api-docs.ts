import type { apiDocs as fr } from "../fr/api-docs";

export const apiDocs: typeof fr = {
  title: "API of {portal}",
  intro:
    "All that the pages show, for programs. A token of the OpenID Connect provider, or a session’s cookie, opens these addresses within the person’s rights.",
  download: "OpenAPI document (JSON)",
  contents: "Contents",
  schemas: "Schemas",
  scope: "Scope",
  parameters: "Parameters",
  body: "Body",
  answers: "Answers",
};
