import * as oidcKinds from "@mgs/oidc/outbox-kinds";
import { DOMAINS } from "./domains";

/** Names of all kinds of outbox rows, for help, completion and the check of what is typed. The provider's module is too large for that. */
export const OUTBOX_KINDS: readonly string[] = [
  ...DOMAINS.flatMap(({ outbox = [] }) => outbox.map(({ kind }) => kind)),
  ...Object.values(oidcKinds),
].map(({ kind }) => kind);
