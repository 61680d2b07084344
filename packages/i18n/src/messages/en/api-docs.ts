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
  liveEvents: "Live events",
  liveEventsIntro:
    "What open pages are told of at once, over the Pusher Channels protocol. A channel is opened by POST /broadcasting/auth.",
  downloadEvents: "AsyncAPI document (JSON)",
  events: "Events",
  clientEvents: "Between members of the channel",
  withoutAuthorization: "without authorization",
};
