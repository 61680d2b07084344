import { z } from "zod";
import { type Check, fail, ok, worst } from "../check";
import { clientPortals } from "../system";

const discovery = z.object({ issuer: z.string(), token_endpoint: z.string() });
const ADVICE = "Start administration, and let OAUTH_SERVER_URL be its address as the portals' servers reach it.";

/** Each portal asks the address that it is configured with, as at a sign-in. */
export const issuer: Check = {
  name: "issuer",
  title: "Issuer",
  advice: ADVICE,
  addresses: (system) => [
    system.common.OAUTH_SERVER_URL,
    ...clientPortals(system).map(({ env }) => env.OAUTH_SERVER_URL),
  ],
  async run(system, signal) {
    const portals = [
      { portal: "administration", url: system.common.OAUTH_SERVER_URL },
      ...clientPortals(system).map(({ portal, env }) => ({ portal, url: env.OAUTH_SERVER_URL })),
    ];
    const findings = await Promise.all(
      portals.map(async ({ portal, url }) => {
        const response = await fetch(`${url}/.well-known/openid-configuration`, { signal });
        if (!response.ok) return fail(`${portal}: discovery at ${url} answers ${response.status}`, ADVICE);
        const found = discovery.safeParse(await response.json().catch(() => null));
        if (!found.success) return fail(`${portal}: ${url} is no OpenID Connect provider`, ADVICE);
        if (found.data.issuer === url) return ok(url);
        return fail(
          `${portal}: the provider at ${url} calls itself ${found.data.issuer}`,
          "OAUTH_SERVER_URL has to be the same in administration and in every portal: correct it and restart them.",
        );
      }),
    );
    return worst(findings, `${system.common.OAUTH_SERVER_URL} for ${portals.length} portals`);
  },
};
