import type { Portal } from "@mgs/core/portals";
import { listActiveResources } from "@mgs/core/testing/list-active-resources";
import { vi } from "vitest";

const SECRET = "a secret of more than thirty-two characters";

/** Makes every variable of a portal, with addresses at which no server answers. */
const environmentOf = (portal: Portal): Record<string, string> => ({
  DATABASE_URL: "postgresql://mgs@127.0.0.1:1/mgs",
  REDIS_URL: "redis://127.0.0.1:1",
  PUSHER_APP_ID: "mgs",
  PUSHER_APP_KEY: "key",
  PUSHER_APP_SECRET: "secret",
  OAUTH_SERVER_URL: "http://localhost:3000",
  OAUTH_CLIENT_ID: portal,
  OAUTH_CLIENT_SECRET: SECRET,
  OAUTH_REDIRECT_URI: "http://localhost:3001/api/auth/callback/mgs",
  OIDC_COOKIE_SECRET: SECRET,
  NEXTAUTH_SECRET: SECRET,
  NEXTAUTH_URL: "http://localhost:3001",
  ADMINISTRATION_URL: "http://localhost:3000",
  COMMERCIAL_URL: "http://localhost:3001",
  GESTION_DOSSIER_URL: "http://localhost:3001",
  MGS_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"),
});

/**
 * Loads a portal's wiring and makes the parts of its process, as its first request does.
 * @returns the resources that this has started, which should be none
 */
export async function listStartedResources(
  portal: Portal,
  load: () => Promise<{ portal: { runtime(): object } }>,
): Promise<string[]> {
  for (const [name, value] of Object.entries(environmentOf(portal))) vi.stubEnv(name, value);
  try {
    return await listActiveResources(async () => (await load()).portal.runtime());
  } finally {
    vi.unstubAllEnvs();
  }
}
