import type { Check } from "./check";
import { clientSecrets } from "./checks/client-secrets";
import { clocks } from "./checks/clocks";
import { disk } from "./checks/disk";
import { issuer } from "./checks/issuer";
import { keys } from "./checks/keys";
import { mail } from "./checks/mail";
import { migrations } from "./checks/migrations";
import { portals } from "./checks/portals";
import { postgresql } from "./checks/postgresql";
import { queue } from "./checks/queue";
import { realtime } from "./checks/realtime";
import { realtimePublic } from "./checks/realtime-public";
import { redirectUris } from "./checks/redirect-uris";
import { redis } from "./checks/redis";
import { runtime } from "./checks/runtime";
import { secrets } from "./checks/secrets";
import { worker } from "./checks/worker";

/** Checks in the order in which an operator would mend their failures. */
export const CHECKS: readonly Check[] = [
  runtime,
  disk,
  secrets,
  postgresql,
  migrations,
  redis,
  clocks,
  keys,
  issuer,
  portals,
  redirectUris,
  clientSecrets,
  realtime,
  realtimePublic,
  worker,
  queue,
  mail,
];
