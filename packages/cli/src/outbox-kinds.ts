import { provider } from "@mgs/oidc/module";
import { DOMAINS } from "./domains";

/** Names of all kinds of outbox rows, for help, completion and validation. */
export const OUTBOX_KINDS: readonly string[] = [...DOMAINS, provider]
  .flatMap(({ outbox = [] }) => outbox)
  .map(({ kind }) => kind.kind);
