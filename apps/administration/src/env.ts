import { parseEnvironment } from "@mgs/core/environment";
import { signInEnv } from "@mgs/identity/env";
import { sendLimitEnv } from "@mgs/notifications/env";
import { providerEnv } from "@mgs/oidc/env";
import { portalRuntimeEnv } from "@mgs/portal/env";
import { z } from "zod";

const schema = z.object({
  ...portalRuntimeEnv.shape,
  ...providerEnv.shape,
  ...sendLimitEnv.shape,
  ...signInEnv.shape,
});
export type AdministrationEnv = z.output<typeof schema>;

let env: AdministrationEnv | undefined;

/** This app's environment, read when it is first needed: a build must not need one. */
export function readEnv(): AdministrationEnv {
  env ??= parseEnvironment(schema, process.env);
  return env;
}
