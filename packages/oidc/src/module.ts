import { signInEnv } from "@mgs/identity/env";
import { defineModule } from "@mgs/module/module";
import { providerEnv } from "./env";
import { answerWithProvider } from "./mount";
import { createProviderServices } from "./services";
import { signInRoutes } from "./sign-in/routes";

/** The provider's addresses as every client writes them; the framework knows what to do with other spellings. */
const ENDPOINT = /^\/(?:oauth(?:\/[\w-]+)+|\.well-known\/openid-configuration)$/;

/** The OpenID Connect provider, which lives in administration. */
export const provider = defineModule({
  name: "oidc",
  env: providerEnv.extend(signInEnv.shape),
  createServices: createProviderServices,
  connect: (services) => services.connect(),
  routes: signInRoutes,
  intercept: ({ provider }, pathname) =>
    ENDPOINT.test(pathname)
      ? async (request, response) => answerWithProvider(await provider(), request, response, request.url ?? "/")
      : null,
});
