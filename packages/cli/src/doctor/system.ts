import { type Environment, EnvironmentError, parseEnvironment, portVariable } from "@mgs/core/environment";
import { originVariable } from "@mgs/core/url-variables";
import { databaseEnv } from "@mgs/db/env";
import { mailEnv } from "@mgs/email/env";
import { redisEnv } from "@mgs/jobs/env";
import { observabilityEnv } from "@mgs/observability/env";
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
  ...observabilityEnv.shape,
  ADMINISTRATION_URL: originVariable,
  MGS_KEY_ENCRYPTION_KEY: z.string(),
});
const workerSchema = z.object({ ...mailEnv.shape, WORKER_PORT: portVariable.optional() });

/** The installation as the checks see it: every address and secret, parsed. */
export type System = ReturnType<typeof readSystem>;

/**
 * Parses the settings of every process.
 * @param migrations the `prisma/migrations` folder
 * @throws EnvironmentError that lists every variable in error, of every process
 */
export function readSystem(
  { environments, secretProblems, realtimeProblems, dataDir }: Installation,
  migrations: string,
) {
  const problems = new Set(realtimeProblems);
  function read<T extends z.ZodType>(schema: T, environment: Environment, process?: string): z.output<T> | undefined {
    try {
      return parseEnvironment(schema, environment);
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      for (const problem of error.problems) problems.add(process === undefined ? problem : `${process}: ${problem}`);
      return undefined;
    }
  }
  const common = read(everywhere, environments.administration);
  const worker = read(workerSchema, environments.worker);
  const commercial = read(portalEnv, environments.commercial, "commercial");
  const dossier = read(portalEnv, environments["gestion-dossier"], "gestion-dossier");
  if (problems.size > 0 || !common || !worker || !commercial || !dossier) throw new EnvironmentError([...problems]);
  return {
    common,
    worker,
    portals: { commercial, "gestion-dossier": dossier },
    secretProblems,
    dataDir,
    migrations,
  };
}

/** Lists the portals that are clients of the provider, with their variables. */
export function listClientPortals({ portals }: System) {
  return Object.entries(portals).map(([portal, env]) => ({ portal, env }));
}
