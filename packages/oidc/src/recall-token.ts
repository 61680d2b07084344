import type { Actor } from "@mgs/core/actor";
import { sha256 } from "@mgs/core/crypto";
import type { Recalled } from "@mgs/core/recalled";

/** Milliseconds for which a looked-up token is remembered, and how many are. */
const REMEMBERED = 60_000;
const MOST = 1_000;

export type RecallToken = (token: string) => Promise<{ actor: Actor; recalled?: Recalled }>;

/**
 * Who a token speaks for, from memory where it was looked up within the last minute: for statements that check the token
 * themselves, and so need not wait for a look-up first. Tokens are remembered by their hash.
 * @param lookUp `authenticateToken`
 */
export function createRecallToken(lookUp: (token: string) => Promise<Actor>): RecallToken {
  const known = new Map<string, { actor: Actor; until: number }>();

  async function remember(idHash: string, token: string): Promise<Actor> {
    known.delete(idHash);
    const actor = await lookUp(token);
    if (known.size >= MOST) known.delete(known.keys().next().value ?? "");
    known.set(idHash, { actor, until: performance.now() + REMEMBERED });
    return actor;
  }

  return async (token) => {
    const idHash = sha256(token);
    const found = known.get(idHash);
    if (!found || found.until < performance.now()) return { actor: await remember(idHash, token) };
    const confirm = async () => {
      await remember(idHash, token);
    };
    return { actor: found.actor, recalled: { idHash, confirm } };
  };
}
