import { findClient } from "@mgs/identity/clients/clients.repository";
import { type Check, fail, listDatabaseAddresses, ok, pickWorst, withDatabase } from "../check";
import { listClientPortals } from "../system";

export const redirectUris: Check = {
  name: "redirect-uris",
  title: "Redirect URIs",
  advice: "Ask again when PostgreSQL answers and has no migration pending.",
  addresses: listDatabaseAddresses,
  run: (system) =>
    withDatabase(system, async (database) => {
      const findings = [];
      for (const { portal, env } of listClientPortals(system)) {
        const client = await findClient(database, env.OAUTH_CLIENT_ID);
        if (!client) {
          findings.push(
            fail(`${portal}: client ${env.OAUTH_CLIENT_ID} is not registered`, "npm start registers the portals."),
          );
        } else if (!client.redirectUris.includes(env.OAUTH_REDIRECT_URI)) {
          findings.push(
            fail(
              `${portal}: ${env.OAUTH_REDIRECT_URI} is not registered (${client.redirectUris.join(", ") || "none is"})`,
              "Correct the portal's address or OAUTH_REDIRECT_URI, to the letter; npm start registers it.",
            ),
          );
        } else findings.push(ok(env.OAUTH_REDIRECT_URI));
      }
      return pickWorst(findings, findings.map(({ detail }) => detail).join(", "));
    }),
};
