import type { Portal } from "@mgs/core/portals";
import type { Scope } from "@mgs/core/scopes";
import { PROVIDER_PATHS } from "@mgs/oidc/endpoints";
import { SCOPES, serverOf } from "../openapi/document-head";

/** The parts of the document that describe all events. */
export const asyncApiInfo = (portal: Portal | undefined) => ({
  title: `MGS Multi-Sites, live events${portal === undefined ? "" : ` (${serverOf(portal).description})`}`,
  version: "0.1.0",
  description: `What open pages and programs are told of while it happens, over the Pusher Channels protocol 7. It is written out of the rules of the
channels and the schemas of the events: \`npm run mgs -- routes --asyncapi\`.

* A frame is \`{ "event": …, "channel": …, "data": … }\`; \`data\` is the event's payload as JSON text.
* \`private-…\` and \`presence-…\` channels are authorized by \`POST /broadcasting/auth\` of any portal, with its cookie or a person's bearer token
  that has the channel's scope. Machine clients may join none. Who may no longer read what a channel tells is sent away from it.
* Events are hints: they may come late, twice, out of order or not at all. Each has a number by which the HTTP API tells what was missed.
* An event has at most 9,000 bytes; what is cut says so (\`truncated\`), and all of it is one GET away.
* Newer servers may send further fields.
`,
});

/** The realtime server of `npm start`; a company's own stands in its pages' settings. */
export const asyncApiServers = {
  realtime: {
    host: "localhost:6001",
    pathname: "/app/{key}",
    protocol: "ws",
    protocolVersion: "7",
    description: "Any server of the Pusher Channels protocol: ours, Soketi, Sockudo or hosted Pusher",
    variables: { key: { default: "mgs-key", description: "PUSHER_APP_KEY" } },
  },
};

/** A person's token with one scope. */
export const securitySchemeOf = (scope: Scope) => ({
  type: "oauth2",
  description:
    "A person's access token, with which `POST /broadcasting/auth` is called. A portal's session cookie does as well",
  flows: {
    authorizationCode: {
      authorizationUrl: `http://localhost:3000${PROVIDER_PATHS.authorization}`,
      tokenUrl: `http://localhost:3000${PROVIDER_PATHS.token}`,
      availableScopes: { [scope]: SCOPES[scope] },
    },
  },
  scopes: [scope],
});
