import { sha256 } from "@mgs/core/crypto";
import { randomToken } from "@mgs/core/ids";
import { backchannelLogoutPath, signInCallbackPath, signInReturnPath } from "@mgs/core/portal-links";
import type { PortalUrls } from "@mgs/core/portals";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import { findClient, upsertClient } from "./clients.repository";

/** Path to which administration's own sign-in returns: it needs no token, only the provider's session. */
export const ADMINISTRATION_RETURN_PATH = signInReturnPath();

/** Registers the three portals, or brings their addresses and secrets up to date with the environment. */
export async function ensureFirstPartyClients(
  database: Database,
  { urls, secrets }: { urls: PortalUrls; secrets: { commercial: string; "gestion-dossier": string } },
): Promise<void> {
  for (const portal of ["commercial", "gestion-dossier"] as const) {
    const url = urls[portal];
    await upsertClient(database, {
      id: portal,
      name: portal === "commercial" ? "Commercial" : "Gestion-Dossier",
      secretHash: sha256(secrets[portal]),
      firstParty: true,
      machine: false,
      redirectUris: [`${url}${signInCallbackPath()}`],
      postLogoutRedirectUris: [`${url}/`],
      backchannelLogoutUri: `${url}${backchannelLogoutPath()}`,
      scopes: [...PORTAL_SCOPES],
    });
  }
  const administration = await findClient(database, "administration");
  await upsertClient(database, {
    id: "administration",
    name: "Administration",
    // It never authenticates by secret; the row still needs one, which is thrown away.
    secretHash: administration?.secretHash ?? sha256(randomToken()),
    firstParty: true,
    machine: false,
    redirectUris: [`${urls.administration}${ADMINISTRATION_RETURN_PATH}`],
    postLogoutRedirectUris: [`${urls.administration}/`],
    backchannelLogoutUri: null,
    scopes: ["openid"],
  });
}
