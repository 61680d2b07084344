import { type Check, fail, ok, pickWorst } from "../check";
import { listClientPortals } from "../system";

const ADVICE = "Start it, and see its log; behind a proxy, see that the proxy passes its public address on.";

/** Requests each portal at its public address, as browsers do. */
export const portals: Check = {
  name: "portals",
  title: "Portals",
  advice: ADVICE,
  addresses: (system) => [
    system.common.ADMINISTRATION_URL,
    ...listClientPortals(system).map(({ env }) => env.NEXTAUTH_URL),
  ],
  async run(system, signal) {
    const all = [
      { portal: "administration", url: system.common.ADMINISTRATION_URL },
      ...listClientPortals(system).map(({ portal, env }) => ({ portal, url: env.NEXTAUTH_URL })),
    ];
    const findings = await Promise.all(
      all.map(async ({ portal, url }) => {
        const response = await fetch(`${url}/health/ready`, { signal }).catch(() => null);
        await response?.body?.cancel();
        if (response === null) return fail(`${portal} does not answer at ${url}`, ADVICE);
        return response.ok ? ok(url) : fail(`${portal} at ${url} is not ready (${response.status})`, ADVICE);
      }),
    );
    return pickWorst(findings, all.map(({ url }) => url).join(", "));
  },
};
