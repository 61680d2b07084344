import { PORTALS, type Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";
import { PROVIDER_PATHS } from "@mgs/oidc/endpoints";
import type { ZodOpenApiObject } from "zod-openapi";

/** The parts of the document that describe the whole API. */
export const INFO: ZodOpenApiObject["info"] = {
  title: "MGS Multi-Sites",
  version: "0.1.0",
  description: `The HTTP API of the three portals. It is written out of the portals' routes and the schemas that parse their input:
\`npm run mgs -- routes --openapi\`.

* Every answer has the envelope \`{ "success": true, "data": … }\` or \`{ "success": false, "error": … }\`, except those of
  \`/broadcasting/*\`, whose success is the Pusher protocol's own body.
* Authentication: a bearer token (a person's, or a machine client's own), or a portal's session cookie. Where there is an
  \`Authorization\` header, it alone counts: a wrong token is not saved by a good cookie.
* Writes with a cookie need an \`Origin\` header that is the portal's own; without one, \`Sec-Fetch-Site\` must not name another site.
* \`error.message\` and the details are in the caller's language: the person's own, else \`Accept-Language\`, else French.
* Every route answers \`OPTIONS\` (204, \`Allow\`), and \`HEAD\` where it answers \`GET\`. Other methods get 405 with \`Allow\`.
* Answers carry \`Cache-Control: no-store\` and \`X-Request-Id\`. A request's own \`X-Request-Id\` is kept when it has 8 to 64 letters,
  digits, \`-\` or \`_\`.
* Any other address below \`/api\` answers 404 in the envelope.

OpenID Connect is described in [oidc.md](oidc.md), the realtime events in [realtime.md](realtime.md).
`,
};

const SERVERS: Record<Portal, { url: string; name: string }> = {
  administration: { url: "http://localhost:3000", name: "Administration" },
  commercial: { url: "http://localhost:3001", name: "Commercial" },
  "gestion-dossier": { url: "http://localhost:3002", name: "Gestion-Dossier" },
};

/** @param missing paths that this portal does not have */
export function serverOf(portal: Portal, missing: readonly string[] = []): { url: string; description: string } {
  const { url, name } = SERVERS[portal];
  const except = missing.map((path) => `\`${path}\``).join(", ");
  return { url, description: except === "" ? name : `${name} (everything but ${except})` };
}

/** Every portal, in the order of `PORTALS`. @param missingOf paths that a portal does not have */
export const serversOf = (missingOf: (portal: Portal) => readonly string[]) =>
  PORTALS.map((portal) => serverOf(portal, missingOf(portal)));

export const SCOPES: Record<Scope, string> = {
  openid: "Who the person is",
  profile: "Name, role and preferences",
  "profile:write": "Change the preferences",
  email: "E-mail address",
  "notifications:read": "Read the inbox, and receive it live",
  "notifications:write": "Mark, archive and delete notifications",
  "notifications:send": "Send notifications in the person's name",
  "users:read": "Colleagues, and who is online",
  "people:read": "Every account with its state, for those who may see them",
  "dossiers:read": "Case files and sessions with their comments, documents and history",
  "dossiers:write": "Open and change them, and comment on them",
  "calendar:read": "The public holidays, for those who may edit them",
  "calendar:write": "Edit and confirm the public holidays, for those who may",
  "messages:read": "The person's conversations, and to receive them live",
  "messages:write": "Write messages in the person's name",
};

export const SECURITY_SCHEMES: NonNullable<NonNullable<ZodOpenApiObject["components"]>["securitySchemes"]> = {
  oauth: {
    type: "oauth2",
    description: [
      "An opaque access token of the provider, as a bearer token (RFC 6750). A token without the scope that an operation needs gets 403",
      '`INSUFFICIENT_SCOPE`, and `WWW-Authenticate: Bearer realm="mgs", error="insufficient_scope", scope="…"`\n',
    ].join("\n"),
    flows: {
      authorizationCode: {
        authorizationUrl: PROVIDER_PATHS.authorization,
        tokenUrl: PROVIDER_PATHS.token,
        refreshUrl: PROVIDER_PATHS.token,
        scopes: SCOPES,
      },
      clientCredentials: {
        tokenUrl: PROVIDER_PATHS.token,
        scopes: { "notifications:send": "Send notifications in the program's own name" },
      },
    },
  },
  cookie: {
    type: "apiKey",
    in: "cookie",
    name: "mgs.commercial.session",
    description: [
      "`mgs.commercial.session` or `mgs.gestion-dossier.session`; in administration the provider's own, `mgs.sso`.",
      "Over https each name has the prefix `__Host-`\n",
    ].join("\n"),
  },
  metrics: {
    type: "http",
    scheme: "bearer",
    description: "The value of METRICS_TOKEN. No token of the provider opens these numbers",
  },
};
