import type { Sealer } from "@mgs/core/crypto";
import type { Portal } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import { findUser } from "@mgs/identity/users.repository";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import {
  createPortalSession,
  deletePortalSession,
  findLivePortalSession,
  type Tokens,
} from "./portal-sessions.repository";

/** What the provider's answer told, for the session that is about to be made. */
export type SignInResult = { userSessionId: string; tokens: Tokens };

type AdapterDeps = { database: Database; sealer: Sealer; portal: Portal };

/**
 * NextAuth's storage on our tables, made for one request: `result` carries that request's tokens into the session row,
 * since one person has several devices and NextAuth's Account would mix their tokens. People are never made here.
 */
export function createNextAuthAdapter(deps: AdapterDeps, result: () => SignInResult | null): Adapter {
  const { database, portal } = deps;
  const byId = async (id: string): Promise<AdapterUser | null> => {
    const user = await findUser(database, Number(id));
    return user && !user.disabledAt ? { id, email: user.email, name: user.name, emailVerified: null } : null;
  };
  const refuse = async (): Promise<never> => {
    throw new Error("portals neither make nor change people");
  };
  return {
    createUser: refuse,
    updateUser: refuse,
    linkAccount: refuse,
    getUser: byId,
    getUserByEmail: async () => null,
    getUserByAccount: ({ providerAccountId }) => byId(providerAccountId),
    async createSession({ sessionToken, userId, expires }) {
      const made = result();
      if (!made) throw new Error("a session is made from a provider's answer alone");
      await createPortalSession(deps, {
        token: sessionToken,
        portal,
        userId: Number(userId),
        userSessionId: made.userSessionId,
        expiresAt: expires,
        tokens: made.tokens,
      });
      return { sessionToken, userId, expires };
    },
    async getSessionAndUser(sessionToken) {
      const session = await findLivePortalSession(database, portal, sessionToken);
      if (!session) return null;
      const { user, expiresAt } = session;
      return {
        session: { sessionToken, userId: String(user.id), expires: expiresAt },
        user: { id: String(user.id), email: user.email, name: user.name, emailVerified: null },
      };
    },
    updateSession: async () => null,
    async deleteSession(sessionToken) {
      await deletePortalSession(database, { token: sessionToken });
    },
  };
}
