import type { Actor, UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { identity } from "../module";
import { NO_PASSWORD } from "../no-password";
import { checkPassword, hashPassword } from "../password";
import { findPersonRow } from "../people/people.repository";
import { createCodeLimiter } from "../second-factor/code-limiter";
import { createUserSession, findLiveByOidcUid } from "../sessions/user-sessions.repository";
import { createSignInLimiter } from "../sign-in-limiter";
import { createMailWorker, tokenIn } from "../testing/account-mails";
import { disableUser, enableUser } from "../users/disable-user";
import { invitePerson } from "../users/invite-person";
import { inviteUser } from "../users/invite-user";
import { hashLinkToken } from "./account-link";
import { choosePassword } from "./choose-password";
import { openLink } from "./open-link";

const SYSTEM: Actor = { kind: "system", name: "test" };
const PASSWORD = "trois bateaux verts";
const OTHER = "quatre lampes bleues";

let test: TestDatabase;
let database: Database;
let worker: ReturnType<typeof createMailWorker>;
let now: Date;
beforeAll(async () => {
  test = await createTestDatabase();
  database = test.database;
});
afterAll(() => test.drop());
beforeEach(async () => {
  await database.outbox.deleteMany();
  await database.user.deleteMany();
  worker = createMailWorker(database, identity.outbox ?? []);
  now = new Date();
});

const passDays = (days: number) => {
  now = new Date(now.getTime() + days * 86_400_000);
};

const limiter = createSignInLimiter(null);
const deps = () => ({
  ...{ database, limiter, codeLimiter: createCodeLimiter(null), identityHooks: [], clock: { now: () => now } },
  enqueuer: { enqueue: async () => true, close: async () => undefined },
});
const person = { name: "Hery Ranaivo", email: "hery@mgs.mg", role: "commercial" as const };
const passwordOf = async (id: number) => (await database.user.findUniqueOrThrow({ where: { id } })).passwordHash;
const actionsOn = async (userId: number) =>
  (await database.auditEvent.findMany({ where: { userId }, orderBy: { id: "asc" } })).map(({ action }) => action);
const isInvalid = { code: "LINK_INVALID" };

async function invite() {
  const account = await inviteUser(deps(), SYSTEM, person);
  await worker.deliver();
  return { id: account.id, token: tokenIn(worker.mails.at(-1)) };
}
const accept = (token: string, password = PASSWORD) =>
  choosePassword(deps(), { token, purpose: "invitation", password });
const look = (token: string) => openLink(deps(), { token, purpose: "invitation" });

describe("an invitation", () => {
  it("is what the console shows until a password is chosen, also after the account was shut and opened again", async () => {
    const { id, token } = await invite();
    const state = async () => {
      const row = await findPersonRow(database, id);
      return { invited: row?.invited, passwordMustChange: row?.passwordMustChange };
    };
    expect(await state()).toEqual({ invited: true, passwordMustChange: false });
    await accept(token);
    expect(await state()).toEqual({ invited: false, passwordMustChange: false });
    const { id: other } = await inviteUser(deps(), SYSTEM, { ...person, email: "autre@mgs.mg" });
    await disableUser(deps(), SYSTEM, { userId: other });
    await enableUser(deps(), SYSTEM, { userId: other });
    expect(await findPersonRow(database, other)).toMatchObject({ invited: true, passwordMustChange: false });
  });

  it("lets its reader choose the password, and nobody knew one before", async () => {
    const { id, token } = await invite();
    expect(await passwordOf(id)).toBe(NO_PASSWORD);
    expect(worker.mails).toHaveLength(1);
    expect(worker.mails[0]).toMatchObject({
      to: { name: person.name, address: person.email },
      subject: "Votre compte MGS est prêt",
    });
    expect(worker.mails[0]?.text).toContain(`http://localhost:3000/compte/activation?jeton=${token}`);
    // A scanner of mails follows the link, as often as it likes.
    for (let times = 0; times < 3; times++)
      expect(await look(token)).toMatchObject({ name: person.name, email: person.email });
    expect(await accept(token)).toEqual({ portal: "commercial" });
    expect(await checkPassword(await passwordOf(id), PASSWORD)).toBe("right");
    expect(await actionsOn(id)).toEqual(["user.created", "user.invited", "user.activated"]);
  });

  it("is stored by the hash of its token alone, and its row of the outbox has none", async () => {
    const { token } = await invite();
    const everything = JSON.stringify(
      await Promise.all([
        database.accountLink.findMany(),
        database.outbox.findMany(),
        database.auditEvent.findMany(),
        database.user.findMany(),
      ]),
    );
    expect(everything).not.toContain(token);
    expect(everything).toContain(hashLinkToken(token));
  });

  it("has the same token when its mail is sent again after a crash", async () => {
    const { token } = await invite();
    await worker.deliverAgain();
    expect(worker.mails).toHaveLength(2);
    expect(tokenIn(worker.mails[1])).toBe(token);
    expect(await accept(token)).toEqual({ portal: "commercial" });
  });

  it("cannot be followed before its mail was made", async () => {
    const { id } = await inviteUser(deps(), SYSTEM, person);
    const link = await database.accountLink.findFirstOrThrow({ where: { userId: id } });
    expect(link.tokenHash).toBeNull();
    for (const token of ["", "null", link.id, hashLinkToken(link.id)])
      await expect(look(token)).rejects.toMatchObject(isInvalid);
  });

  it("posted twice at once sets one password, and both posts lead to one place", async () => {
    const { id, token } = await invite();
    expect(await Promise.all([accept(token), accept(token)])).toEqual([
      { portal: "commercial" },
      { portal: "commercial" },
    ]);
    // The answer was lost, and the form is posted once more.
    expect(await accept(token)).toEqual({ portal: "commercial" });
    expect(await checkPassword(await passwordOf(id), PASSWORD)).toBe("right");
    expect((await actionsOn(id)).filter((action) => action === "user.activated")).toHaveLength(1);
  });

  it("that was used sets no other password", async () => {
    const { id, token } = await invite();
    await accept(token);
    await expect(accept(token, OTHER)).rejects.toMatchObject(isInvalid);
    await expect(look(token)).rejects.toMatchObject(isInvalid);
    now = new Date(now.getTime() + 11 * 60_000);
    await expect(accept(token)).rejects.toMatchObject(isInvalid);
    expect(await checkPassword(await passwordOf(id), PASSWORD)).toBe("right");
  });

  it("of two passwords at once takes one and refuses the other", async () => {
    const { id, token } = await invite();
    const results = await Promise.allSettled([accept(token), accept(token, OTHER)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = results[0]?.status === "fulfilled" ? PASSWORD : OTHER;
    expect(await checkPassword(await passwordOf(id), winner)).toBe("right");
  });

  it.each<[string, (userId: number) => Promise<unknown>]>([
    ["has expired", async () => passDays(7)],
    ["was replaced by another", (userId) => invitePerson(deps(), SYSTEM, { userId })],
    [
      "is to an address that the account has no more",
      (id) => database.user.update({ where: { id }, data: { email: "x@mgs.mg" } }),
    ],
    ["is of an account that is disabled", (userId) => disableUser(deps(), SYSTEM, { userId })],
    ["is of an account that is gone", (id) => database.user.delete({ where: { id } })],
  ])("that %s is refused, page and form", async (_name, spoil) => {
    const { id, token } = await invite();
    await spoil(id);
    await expect(look(token)).rejects.toMatchObject(isInvalid);
    await expect(accept(token)).rejects.toMatchObject(isInvalid);
    expect(await database.user.count({ where: { id, passwordHash: { not: NO_PASSWORD } } })).toBe(0);
  });

  it("whose address changed while its mail waited is not sent", async () => {
    const { id } = await inviteUser(deps(), SYSTEM, person);
    await database.user.update({ where: { id }, data: { email: "x@mgs.mg" } });
    await worker.deliver();
    expect(worker.mails).toEqual([]);
  });

  it("serves its own purpose and no other", async () => {
    const { token } = await invite();
    for (const purpose of ["password-reset", "not-me"] as const)
      await expect(openLink(deps(), { token, purpose })).rejects.toMatchObject(isInvalid);
    await expect(
      choosePassword(deps(), { token, purpose: "password-reset", password: PASSWORD }),
    ).rejects.toMatchObject(isInvalid);
    await expect(look(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).rejects.toMatchObject(isInvalid);
  });

  it.each([
    ["PASSWORD_TOO_SHORT", "onze signes"],
    ["PASSWORD_TOO_LONG", "é".repeat(1_025)],
    ["INVALID_TEXT", `${PASSWORD}\u0000`],
    ["PASSWORD_COMMON", "motdepasse2026"],
    ["PASSWORD_COMMON", "Qwerty Qwerty"],
    ["PASSWORD_PERSONAL", "Ranaivo-Hery-26"],
  ])("is not used up by a password that is %s", async (message, password) => {
    const { id, token } = await invite();
    await expect(accept(token, password)).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path: "password", message }],
    });
    expect(await passwordOf(id)).toBe(NO_PASSWORD);
    expect(await accept(token)).toEqual({ portal: "commercial" });
  });

  it("is the business of administrators", async () => {
    const { id } = await invite();
    const colleague: UserActor = {
      ...{ kind: "user", userId: id, role: "direction", locale: "fr", userSessionId: "s", clientId: "commercial" },
      scopes: [],
    };
    await expect(inviteUser(deps(), colleague, { ...person, email: "y@mgs.mg" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(invitePerson(deps(), colleague, { userId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("a reset that an administrator sends", () => {
  it("ends every sign-in and every other link, and leaves the password as it is until then", async () => {
    const passwordHash = await hashPassword(OTHER);
    const { id } = await database.user.create({ data: { ...person, passwordHash, passwordMustChange: true } });
    await createUserSession(database, { userId: id, oidcSessionUid: "uid", userAgent: null, ip: null });
    expect(await invitePerson(deps(), SYSTEM, { userId: id })).toEqual({ sent: "password-reset" });
    expect(await invitePerson(deps(), SYSTEM, { userId: id })).toEqual({ sent: "password-reset" });
    await worker.deliver();
    const [first, second] = worker.mails.map(tokenIn);
    expect(await passwordOf(id)).toBe(passwordHash);
    expect(await findLiveByOidcUid(database, "uid")).not.toBeNull();
    const choose = (token = "") => choosePassword(deps(), { token, purpose: "password-reset", password: PASSWORD });
    expect(await choose(second)).toEqual({ portal: "commercial" });
    expect(await findLiveByOidcUid(database, "uid")).toBeNull();
    await expect(choose(first)).rejects.toMatchObject(isInvalid);
    const row = await database.user.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ passwordMustChange: false, knownDevicesSince: now });
    expect(await actionsOn(id)).toContain("user.password-reset");
  });
});
