import type { Route } from "@mgs/http/route";
import { accountLinkRoutes } from "@mgs/identity/account-links/routes";
import { signInEnv } from "@mgs/identity/env";
import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { providerEnv } from "./env";
import { signingKeySchedule } from "./keys/maintain-signing-keys";
import { answerWithProvider } from "./mount";
import { backchannelLogout } from "./outbox-kinds";
import { oidcPermissions } from "./permissions";
import { OIDC_RETENTION } from "./retention";
import { createProviderServices, type ProviderServices } from "./services";
import { signInRoutes } from "./sign-in/routes";

/** The provider's addresses as every client writes them; the framework knows what to do with other spellings. */
const ENDPOINT = /^\/(?:oauth(?:\/[\w-]+)+|\.well-known\/openid-configuration)$/;

/** The sign-in, and what leads to one: the links of account mails, which clear the limits of sign-in. */
const routes: readonly Route<PortalDeps & ProviderServices>[] = [...signInRoutes, ...accountLinkRoutes];

/** The OpenID Connect provider, which lives in administration. */
export const provider = defineModule({
  name: "oidc",
  env: providerEnv.extend(signInEnv.shape),
  createServices: createProviderServices,
  connect: (services) => services.connect(),
  tables: ["oidc_payloads", "live_bearers", "refresh_replays", "signing_keys"],
  routes,
  openApi: async () => ({
    ...(await import("./sign-in/routes.openapi")).signInOpenApi,
    ...(await import("@mgs/identity/account-links/routes.openapi")).accountLinkOpenApi,
  }),
  permissions: oidcPermissions.table,
  retention: OIDC_RETENTION,
  schedules: [signingKeySchedule],
  commands: async () => (await import("./commands/command-groups")).oidcCommands,
  outbox: [
    handle(backchannelLogout, async () => {
      const { sendBackchannelLogout } = await import("./backchannel-logout");
      return (deps, { id, payload }) => sendBackchannelLogout(deps, id, payload);
    }),
  ],
  intercept: ({ provider }, pathname) =>
    ENDPOINT.test(pathname)
      ? async (request, response) => answerWithProvider(await provider(), request, response, request.url ?? "/")
      : null,
});
