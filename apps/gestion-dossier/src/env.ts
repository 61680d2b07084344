import { parseEnvironment } from "@mgs/core/environment";
import { portalRuntimeEnv } from "@mgs/portal/env";
import { portalEnv } from "@mgs/portal-auth/env";
import { z } from "zod";

const schema = z.intersection(portalRuntimeEnv, portalEnv);
export type PortalAppEnv = z.output<typeof schema>;

let env: PortalAppEnv | undefined;

/** This app's environment, read when it is first needed: a build must not need one. */
export function readEnv(): PortalAppEnv {
  env ??= parseEnvironment(schema, process.env);
  return env;
}
