import { CHANGE_TOPIC } from "./change-topic";
import {
  COMPLETE_WEBHOOKS,
  LEASE_DUE_WEBHOOKS,
  LIST_UNSENT_ENDS,
  RESOLVE_END,
  SCHEDULE_WEBHOOKS,
} from "./delayed-webhooks";
import { HEARTBEAT } from "./heartbeat";
import { PUBLISH_CACHED, PUBLISH_ON_SLOT_OWNER } from "./publish";
import type { Script } from "./script";

export const SCRIPTS: readonly Script[] = [
  CHANGE_TOPIC,
  PUBLISH_CACHED,
  PUBLISH_ON_SLOT_OWNER,
  RESOLVE_END,
  LIST_UNSENT_ENDS,
  SCHEDULE_WEBHOOKS,
  LEASE_DUE_WEBHOOKS,
  COMPLETE_WEBHOOKS,
  HEARTBEAT,
];
