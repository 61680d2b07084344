import { defineModule } from "@mgs/module/module";
import { createPortalAuth } from "./create-portal-auth";
import { portalEnv } from "./env";
import { portalAuthRoutes } from "./routes";
import { createSingleUse } from "./single-use";

/** The sign-in of a portal that is a client of the provider. */
export const portalAuth = defineModule({
  name: "portal-auth",
  env: portalEnv,
  createServices: (deps, env) => createPortalAuth({ ...deps, env, singleUse: createSingleUse(deps.redisUrl) }),
  routes: portalAuthRoutes,
  openApi: async () => (await import("./routes.openapi")).portalAuthOpenApi,
});
