import type { DocsOfRoutes } from "@mgs/http/route-docs";
import type { signInRoutes } from "./routes";

/** Browsers alone come here; `docs/api/oidc.md` has the provider's own endpoints. */
export const signInOpenApi: DocsOfRoutes<typeof signInRoutes> = {
  "GET /login/oauth": { leftOut: "a browser begins its sign-in here, and is redirected" },
  "GET /login/retour": { leftOut: "the provider sends the browser back here" },
  "POST /interaction/{uid}/login": { leftOut: "the form of the sign-in page posts here" },
  "POST /interaction/{uid}/code": { leftOut: "the page of the second factor posts here" },
  "POST /interaction/{uid}/enrolment": { leftOut: "the page of the second factor posts here" },
  "POST /interaction/{uid}/enrolment/passkey/options": { leftOut: "scripts of the page of the second factor ask here" },
  "POST /interaction/{uid}/enrolment/passkey": { leftOut: "scripts of the page of the second factor post here" },
  "POST /interaction/{uid}/continue": { leftOut: "the page of the second factor posts here" },
  "POST /interaction/{uid}/passkey/options": { leftOut: "scripts of the sign-in page ask here" },
  "POST /interaction/{uid}/passkey": { leftOut: "scripts of the sign-in page post here" },
  "POST /interaction/{uid}/consent": { leftOut: "the form of the consent page posts here" },
};
