import { randomBytes } from "node:crypto";
import type { UserActor } from "@mgs/core/actor";
import { createSealer } from "@mgs/core/crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { addPasskey } from "../passkeys/add-passkey";
import { beginPasskey } from "../passkeys/begin-passkey";
import { relyingPartyOf } from "../passkeys/relying-party";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { findFreshRecoveryCodes } from "../second-factor/enrol-totp";
import { beginOwnTotp, confirmOwnTotp } from "../second-factor/manage-totp";
import { proveByCode, rememberPassword } from "../second-factor/pending-sign-in";
import { createUserSession } from "../sessions/user-sessions.repository";
import { createSoftAuthenticator } from "./soft-authenticator";

export const STEP_MS = 30_000;
export const MINUTE_MS = 60_000;
export const HOME = "198.51.100.7";
const ORIGIN = "https://administration.mgs.mg";

/** A database, a clock and people for tests of second factors. */
export function useFactorStage() {
  let test: TestDatabase;
  let now = new Date();
  let made = 0;
  let codeLimiter = createCodeLimiter(null);
  const sealer = createSealer(randomBytes(32).toString("base64"));
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    now = new Date();
    codeLimiter = createCodeLimiter(null);
    await test.database.roleRequirement.deleteMany();
  });

  const deps = () => ({
    database: test.database,
    sealer,
    clock: { now: () => now },
    enqueuer: { enqueue: async () => true, close: async () => undefined },
    relyingParty: relyingPartyOf(ORIGIN),
    identityHooks: [],
    codeLimiter,
  });

  const addSession = (userId: number) =>
    createUserSession(test.database, { userId, oidcSessionUid: `uid-${++made}`, userAgent: null, ip: null });

  async function addPerson(role = "commercial"): Promise<UserActor & { email: string }> {
    const email = `f${++made}@mgs.mg`;
    const { id } = await test.database.user.create({ data: { email, name: "P", role, passwordHash: "hash" } });
    const userSessionId = await addSession(id);
    const clientId = "administration";
    return { kind: "user", userId: id, role, locale: "fr", userSessionId, clientId, scopes: [], email };
  }

  const codeAt = (secret: string, at = now): string =>
    TOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(" ", "")), timestamp: at.getTime() });

  async function payloadsOf({ userId }: UserActor) {
    const rows = await test.database.outbox.findMany({
      where: { kind: "identity.security-notice" },
      orderBy: { id: "asc" },
    });
    const payloads = rows.map(
      ({ payload }) => payload as { user_id: number; notice: string; details: { change?: string } },
    );
    return payloads.filter(({ user_id }) => user_id === userId);
  }

  return {
    deps,
    addPerson,
    addSession,
    codeAt,
    now: () => now,
    wait(milliseconds: number): void {
      now = new Date(now.getTime() + milliseconds);
    },
    /** Has the person prove themself at this moment. */
    async renewProof({ userSessionId }: UserActor): Promise<void> {
      await test.database.userSession.update({ where: { id: userSessionId }, data: { provedAt: now } });
    },
    /** An authenticator app whose first code is of the step before, so that the current one is unused. */
    async enrol(actor: UserActor) {
      const { text } = await beginOwnTotp(deps(), actor);
      await confirmOwnTotp(deps(), actor, { code: codeAt(text, new Date(now.getTime() - STEP_MS)) });
      const codes = await findFreshRecoveryCodes(deps(), { userId: actor.userId, holder: actor });
      return { secret: text, codes: codes ?? [] };
    },
    async addPasskeyTo(actor: UserActor) {
      const { challenge } = await beginPasskey(deps(), actor);
      const soft = createSoftAuthenticator({ rpId: new URL(ORIGIN).hostname, origin: ORIGIN });
      const { id } = await addPasskey(deps(), actor, { name: "Clé", answer: soft.register(challenge) });
      return { id, soft };
    },
    /** An interaction of a browser whose password was right. */
    async pendingOf({ userId }: UserActor): Promise<string> {
      const interaction = `interaction-${++made}`;
      await rememberPassword(deps(), { interaction, userId, passwordHash: "hash" });
      return interaction;
    },
    prove: (interaction: string, code: string, from: { ip?: string; knownDevice?: string } = {}) =>
      proveByCode(deps(), { interaction, code, ip: HOME, knownDevice: null, ...from }),
    changesOf: async (actor: UserActor) =>
      (await payloadsOf(actor)).flatMap(({ details }) => (details.change ? [details.change] : [])),
    lockoutsOf: async (actor: UserActor) =>
      (await payloadsOf(actor)).filter(({ notice }) => notice === "lockout").length,
  };
}

export const personOf = ({ userId, role }: UserActor) => ({ id: userId, role });
