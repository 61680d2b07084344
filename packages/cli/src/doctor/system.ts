import { originVariable, parseEnvironment, portVariable } from "@mgs/core/environment";
import { databaseEnv } from "@mgs/db/env";
import { mailEnv } from "@mgs/email/env";
import { redisEnv } from "@mgs/jobs/env";
import { issuerEnv } from "@mgs/oidc/env";
import { portalEnv } from "@mgs/portal-auth/env";
import { pusherEnv } from "@mgs/realtime/env";
import { z } from "zod";
import type { Installation } from "./installation";

const everywhere = z.object({
  ...databaseEnv.shape,
  ...redisEnv.shape,
  ...issuerEnv.shape,
  ...pusherEnv.shape,
  ADMINISTRATION_URL: originVariable,
  MGS_KEY_ENCRYPTION_KEY: z.string(),
});
const workerSchema = z.object({ ...mailEnv.shape, WORKER_PORT: portVariable.optional() });

/** The installation as the checks see it: every address and secret, parsed. */
export type System = ReturnType<typeof readSystem>;

/** @param migrations the `prisma/migrations` folder
 * @throws EnvironmentError */
export function readSystem({ environments, secretProblems, dataDir }: Installation, migrations: string) {
  return {
    common: parseEnvironment(everywhere, environments.administration),
    worker: parseEnvironment(workerSchema, environments.worker),
    portals: {
      commercial: parseEnvironment(portalEnv, environments.commercial),
      "gestion-dossier": parseEnvironment(portalEnv, environments["gestion-dossier"]),
    },
    secretProblems,
    dataDir,
    migrations,
  };
}

/** Portals that are clients of the provider, with what they are configured to say to it. */
export function clientPortals({ portals }: System) {
  return Object.entries(portals).map(([portal, env]) => ({ portal, env }));
}
