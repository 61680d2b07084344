import type { DocsOfRoutes } from "@mgs/http/route-docs";
import type { accountLinkRoutes } from "./routes";

/** Browsers alone come here. */
export const accountLinkOpenApi: DocsOfRoutes<typeof accountLinkRoutes> = {
  "POST /api/account/invitation": { leftOut: "the form of an invitation posts here" },
  "POST /api/account/password-reset": { leftOut: "the form of a forgotten password's link posts here" },
  "POST /api/account/forgotten-password": { leftOut: "the form of the page about a forgotten password posts here" },
  "POST /api/account/not-me": { leftOut: "the form of the page “it was not me” posts here" },
};
