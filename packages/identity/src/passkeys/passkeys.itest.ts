import { randomBytes } from "node:crypto";
import type { UserActor } from "@mgs/core/actor";
import { createSealer } from "@mgs/core/crypto";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createUserSession } from "../sessions/user-sessions.repository";
import { createSoftAuthenticator } from "../testing/soft-authenticator";
import { addPasskey } from "./add-passkey";
import { beginPasskey } from "./begin-passkey";
import { relyingPartyOf, userHandleOf } from "./relying-party";
import { removePasskey } from "./remove-passkey";
import { renamePasskey } from "./rename-passkey";
import { signInByPasskey as signIn } from "./sign-in-by-passkey";
import { askForPasskey } from "./verify-passkey";

const ORIGIN = "https://administration.mgs.mg";
const RP_ID = "administration.mgs.mg";
const MINUTE_MS = 60_000;

let test: TestDatabase;
let now = new Date("2026-11-29T12:00:00Z");
let made = 0;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  now = new Date();
});

const deps = () => ({
  database: test.database,
  sealer: createSealer(randomBytes(32).toString("base64")),
  clock: { now: () => now },
  enqueuer: { enqueue: async () => true, close: async () => undefined },
  relyingParty: relyingPartyOf(ORIGIN),
});

async function addPerson(role = "commercial"): Promise<UserActor> {
  const { id } = await test.database.user.create({
    data: { email: `p${++made}@mgs.mg`, name: "P", role, passwordHash: "-" },
  });
  const userSessionId = await createUserSession(test.database, {
    ...{ userId: id, oidcSessionUid: `uid-${made}`, userAgent: null, ip: null },
  });
  return { kind: "user", userId: id, role, locale: "fr", userSessionId, clientId: "administration", scopes: [] };
}

const signInByPasskey = (used: ReturnType<typeof deps>, input: Omit<Parameters<typeof signIn>[1], "ip">) =>
  signIn(used, { ...input, ip: `203.0.113.${++made % 250}` });

const authenticator = (options: Partial<Parameters<typeof createSoftAuthenticator>[0]> = {}) =>
  createSoftAuthenticator({ rpId: RP_ID, origin: ORIGIN, ...options });

async function register(actor: UserActor, soft = authenticator()) {
  const { challenge } = await beginPasskey(deps(), actor);
  const { id } = await addPasskey(deps(), actor, { name: "Téléphone", answer: soft.register(challenge) });
  return { soft, id };
}

const interactionOf = () => `interaction-${++made}`;
async function ask(interaction: string) {
  return (await askForPasskey(deps(), { interaction })).challenge;
}

describe("a new passkey", () => {
  it("is discoverable, verifies its user, and is asked for the person's other authenticators alone", async () => {
    const actor = await addPerson();
    const { soft } = await register(actor);
    expect(await beginPasskey(deps(), actor)).toMatchObject({
      rp: { id: RP_ID },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: [{ id: soft.id }],
    });
    expect(await askForPasskey(deps(), { interaction: "x" })).toMatchObject({
      userVerification: "required",
      rpId: RP_ID,
    });
  });

  it("is added once by the same answer, also by two requests at a time, and the person is told once", async () => {
    const actor = await addPerson();
    const { challenge } = await beginPasskey(deps(), actor);
    const answer = authenticator().register(challenge);
    const both = await Promise.all([1, 2].map(() => addPasskey(deps(), actor, { name: "Clé", answer })));
    const [first] = both;
    const again = await addPasskey(deps(), actor, { name: "Clé", answer });
    expect([...both, again].map(({ id }) => id)).toEqual([first?.id, first?.id, first?.id]);
    expect(await test.database.passkey.count({ where: { userId: actor.userId } })).toBe(1);
    expect(await notices(actor)).toEqual(["passkey-added"]);
    expect(await actions(actor)).toEqual(["passkey.added"]);
  });

  it.each([
    ["was made for another origin", () => authenticator({ origin: "https://evil.example" })],
    ["belongs to another relying party", () => authenticator({ rpId: "evil.example" })],
    ["did not verify its user", () => authenticator({ verifiesUser: false })],
  ])("is refused when it %s", async (_why, make) => {
    const actor = await addPerson();
    await expect(register(actor, make())).rejects.toThrow("PASSKEY_REFUSED");
    expect(await test.database.passkey.count({ where: { userId: actor.userId } })).toBe(0);
  });

  it("answers a challenge of this session, within its time, and no other", async () => {
    const [actor, other] = [await addPerson(), await addPerson()];
    const { challenge } = await beginPasskey(deps(), actor);
    const add = (who: UserActor, asked: string) =>
      addPasskey(deps(), who, { name: "Clé", answer: authenticator().register(asked) });
    await expect(add(other, challenge)).rejects.toThrow("PASSKEY_REFUSED");
    await expect(add(actor, "AAAA")).rejects.toThrow("PASSKEY_REFUSED");
    now = new Date(now.getTime() + 61 * MINUTE_MS);
    await prove(actor);
    await expect(add(actor, challenge)).rejects.toThrow("PASSKEY_REFUSED");
  });

  it("is refused when it is somebody else's already", async () => {
    const [actor, other] = [await addPerson(), await addPerson()];
    const { soft } = await register(actor);
    await expect(register(other, soft)).rejects.toThrow("PASSKEY_REFUSED");
  });

  it("needs a fresh proof, as does its removal", async () => {
    const actor = await addPerson();
    const { id } = await register(actor);
    now = new Date(now.getTime() + 11 * MINUTE_MS);
    await expect(beginPasskey(deps(), actor)).rejects.toThrow("PROOF_REQUIRED");
    await expect(removePasskey(deps(), actor, { id })).rejects.toThrow("PROOF_REQUIRED");
  });

  it("is renamed and removed by its person alone", async () => {
    const [actor, other] = [await addPerson(), await addPerson()];
    const { id } = await register(actor);
    await expect(renamePasskey(deps(), other, { id, name: "À moi" })).rejects.toThrow("NOT_FOUND");
    await expect(removePasskey(deps(), other, { id })).rejects.toThrow("NOT_FOUND");
    await expect(removePasskey(deps(), actor, { id: "no-uuid" })).rejects.toThrow("NOT_FOUND");
    await expect(renamePasskey(deps(), actor, { id, name: "  " })).rejects.toThrow("VALIDATION_ERROR");
    await renamePasskey(deps(), actor, { id, name: "Bureau" });
    expect(await test.database.passkey.findUnique({ where: { id } })).toMatchObject({ name: "Bureau" });
    await removePasskey(deps(), actor, { id });
    expect(await notices(actor)).toEqual(["passkey-added", "second-factor-changed"]);
  });
});

describe("a sign-in with a passkey", () => {
  it("says whose it is, counts its use, and answers the same twice", async () => {
    const actor = await addPerson();
    const { soft, id } = await register(actor);
    const interaction = interactionOf();
    const answer = soft.answer(await ask(interaction), { userHandle: userHandleOf(actor.userId) });
    const outcomes = await Promise.all([1, 2, 3].map(() => signInByPasskey(deps(), { interaction, answer })));
    for (const { user, passkeyId } of outcomes) expect([user.id, passkeyId]).toEqual([actor.userId, id]);
    expect(await test.database.passkey.findUnique({ where: { id } })).toMatchObject({ counter: 1n, lastUsedAt: now });
    await expect(signInByPasskey(deps(), { interaction: interactionOf(), answer })).rejects.toThrow("PASSKEY_REFUSED");
  });

  it("answers its challenge once: another answer to it is refused", async () => {
    const actor = await addPerson();
    const { soft } = await register(actor);
    const interaction = interactionOf();
    const challenge = await ask(interaction);
    const answers = [soft.answer(challenge), soft.answer(challenge)];
    const outcomes = await Promise.allSettled(
      answers.map((answer) => signInByPasskey(deps(), { interaction, answer })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it.each([
    ["of another origin", { origin: "https://evil.example" }],
    ["for another relying party", { rpId: "evil.example" }],
    ["without a verified user", { verifiesUser: false }],
  ])("is refused %s", async (_why, changed) => {
    const actor = await addPerson();
    const { soft } = await register(actor);
    const interaction = interactionOf();
    const challenge = await ask(interaction);
    const answer = soft.answer(challenge, changed);
    await expect(signInByPasskey(deps(), { interaction, answer })).rejects.toThrow("PASSKEY_REFUSED");
  });

  it("is refused to an unknown credential, a foreign user handle and an expired challenge", async () => {
    const [actor, other] = [await addPerson(), await addPerson()];
    const { soft } = await register(actor);
    const interaction = interactionOf();
    const challenge = await ask(interaction);
    const enter = (answer: ReturnType<typeof soft.answer>) => signInByPasskey(deps(), { interaction, answer });
    await expect(enter(authenticator().answer(challenge))).rejects.toThrow("PASSKEY_REFUSED");
    await expect(enter(soft.answer(challenge, { userHandle: userHandleOf(other.userId) }))).rejects.toThrow(
      "PASSKEY_REFUSED",
    );
    const tampered = soft.answer(challenge);
    tampered.response.signature = soft.answer(challenge).response.signature;
    await expect(enter(tampered)).rejects.toThrow("PASSKEY_REFUSED");
    now = new Date(now.getTime() + 61 * MINUTE_MS);
    await expect(enter(soft.answer(challenge))).rejects.toThrow("PASSKEY_REFUSED");
  });

  it("is refused to a counter that goes back or stands still, as a copy's does", async () => {
    const actor = await addPerson();
    const { soft } = await register(actor);
    soft.setCounter(9);
    const enter = async () => {
      const interaction = interactionOf();
      return signInByPasskey(deps(), { interaction, answer: soft.answer(await ask(interaction)) });
    };
    await enter();
    soft.setCounter(9);
    await expect(enter()).rejects.toThrow("PASSKEY_REFUSED");
    soft.setCounter(3);
    await expect(enter()).rejects.toThrow("PASSKEY_REFUSED");
    soft.setCounter(10);
    await expect(enter()).resolves.toMatchObject({ user: { id: actor.userId } });
  });

  it("works for a synchronised passkey, which does not count", async () => {
    const actor = await addPerson();
    const soft = authenticator({ counts: false });
    await register(actor, soft);
    for (const interaction of [interactionOf(), interactionOf()]) {
      const answer = soft.answer(await ask(interaction));
      expect(await signInByPasskey(deps(), { interaction, answer })).toMatchObject({ user: { id: actor.userId } });
    }
  });

  it("is refused to a disabled person", async () => {
    const actor = await addPerson();
    const { soft } = await register(actor);
    await test.database.user.update({ where: { id: actor.userId }, data: { disabledAt: now } });
    const interaction = interactionOf();
    const answer = soft.answer(await ask(interaction));
    await expect(signInByPasskey(deps(), { interaction, answer })).rejects.toThrow("PASSKEY_REFUSED");
  });

  it("cannot be finished once its passkey is removed", async () => {
    const actor = await addPerson();
    const { soft, id } = await register(actor);
    const interaction = interactionOf();
    const answer = soft.answer(await ask(interaction));
    const { passkeyId } = await signInByPasskey(deps(), { interaction, answer });
    await removePasskey(deps(), actor, { id });
    const session = { userId: actor.userId, oidcSessionUid: interaction, userAgent: null, ip: null };
    await expect(createUserSession(test.database, { ...session, passkeyId })).rejects.toThrow("INVALID_CREDENTIALS");
    await expect(signInByPasskey(deps(), { interaction, answer })).rejects.toThrow("PASSKEY_REFUSED");
  });
});

const prove = ({ userSessionId }: UserActor) =>
  test.database.userSession.update({ where: { id: userSessionId }, data: { provedAt: now } });

async function notices({ userId }: UserActor): Promise<unknown[]> {
  const rows = await test.database.outbox.findMany({
    where: { kind: "identity.security-notice" },
    orderBy: { id: "asc" },
  });
  const payloads = rows.map(({ payload }) => payload as { user_id: number; notice: string });
  return payloads.filter(({ user_id }) => user_id === userId).map(({ notice }) => notice);
}

async function actions({ userId }: UserActor): Promise<string[]> {
  const rows = await test.database.auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" } });
  return rows.map(({ action }) => action);
}
