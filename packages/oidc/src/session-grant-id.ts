import { sha256 } from "@mgs/core/crypto";

/** Id of a grant that no page of this sign-in has made: derived, since restored tabs authorize in parallel. */
export const sessionGrantId = (sessionUid: string, clientId: string): string =>
  sha256(`grant\n${sessionUid}\n${clientId}`);
