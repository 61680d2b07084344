import { z } from "zod";
import { type Check, fail, ok, pickWorst } from "../check";
import { listClientPortals } from "../system";

const discovery = z.object({ issuer: z.string(), token_endpoint: z.string() });
const ADVICE = "Start administration, and let OAUTH_SERVER_URL be its address as the portals' servers reach it.";

/** Requests the issuer's discovery at the address of each portal's configuration, as a sign-in does. */
export const issuer: Check = {
  name: "issuer",
  title: "Issuer",
  advice: ADVICE,
  addresses: (system) => [
    system.common.OAUTH_SERVER_URL,
    ...listClientPortals(system).map(({ env }) => env.OAUTH_SERVER_URL),
  ],
  async run(system, signal) {
    const portals = [
      { portal: "administration", url: system.common.OAUTH_SERVER_URL },
      ...listClientPortals(system).map(({ portal, env }) => ({ portal, url: env.OAUTH_SERVER_URL })),
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
    return pickWorst(findings, `${system.common.OAUTH_SERVER_URL} for ${portals.length} portals`);
  },
};
