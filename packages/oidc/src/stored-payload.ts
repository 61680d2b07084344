import type { AdapterPayload } from "oidc-provider";

/** What the provider keeps of a token, a grant or a session, with the provider session that it belongs to. */
export type StoredPayload = AdapterPayload & { sessionUid?: string | undefined };
