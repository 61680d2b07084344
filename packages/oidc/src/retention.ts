import type { RetentionRule } from "@mgs/db/retention";
import { purgeOidcPayloads, purgeRefreshReplays } from "./expired.repository";

export const OIDC_RETENTION: readonly RetentionRule[] = [
  { table: "refresh_replays", sweep: purgeRefreshReplays },
  { table: "oidc_payloads", sweep: purgeOidcPayloads },
];
