import { provider } from "@mgs/oidc/module";
import { DOMAINS } from "./domains";

/** Names of all kinds of outbox rows, for help, completion and the check of what is typed. */
export const OUTBOX_KINDS: readonly string[] = [...DOMAINS, provider]
  .flatMap(({ outbox = [] }) => outbox)
  .map(({ kind }) => kind.kind);
