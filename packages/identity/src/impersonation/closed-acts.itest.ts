import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clearAuditTrail } from "@mgs/audit/testing/clear-audit-trail";
import type { Actor, UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { ADMINISTRATION, type Permission } from "@mgs/core/permissions";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotice } from "../account-links/open-notice";
import { createClient } from "../clients/create-client";
import { rotateSecret } from "../clients/rotate-secret";
import { withdrawConsent } from "../consents/withdraw-consent";
import { endDevice } from "../devices/end-device";
import { endOtherDevices } from "../devices/end-other-devices";
import { removeDevice } from "../devices/remove-device";
import { addPasskey } from "../passkeys/add-passkey";
import { beginPasskey } from "../passkeys/begin-passkey";
import { removePasskey } from "../passkeys/remove-passkey";
import { renamePasskey } from "../passkeys/rename-passkey";
import { editPerson } from "../people/edit-person";
import { identityPermissions } from "../permissions";
import { proveByCode } from "../proofs/prove-by-code";
import { askForProof, proveByPasskey } from "../proofs/prove-by-passkey";
import { proveByPassword } from "../proofs/prove-by-password";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import {
  beginOwnTotp,
  cancelOwnTotp,
  confirmOwnTotp,
  putAwayOwnRecoveryCodes,
  removeOwnTotp,
  renewRecoveryCodes,
} from "../second-factor/manage-totp";
import { endAllSessions } from "../sessions/end-all-sessions";
import { signInStaff, staffDeps } from "../testing/staff";
import { changePassword } from "../users/change-password";
import { setPassword } from "../users/set-password";

let test: TestDatabase;
let actor: UserActor;
let device: string;
beforeAll(async () => {
  test = await createTestDatabase();
  const admin = await signInStaff(test.database, { name: "V", email: "v@mgs.mg", role: "administrateur" });
  const person = await signInStaff(test.database, { name: "H", email: "h@mgs.mg", role: "commercial" });
  device = person.userSessionId;
  const administrator = { id: admin.userId, name: "V" };
  const impersonation = { id: uuidv7(), administrator, expiresAt: new Date(Date.now() + 60_000) };
  actor = { ...person, userSessionId: admin.userSessionId, impersonation };
  await test.database.outbox.deleteMany();
  await clearAuditTrail(test.database);
});
afterAll(() => test.drop());

const state = async () => ({
  users: await test.database.user.findMany({ orderBy: { id: "asc" } }),
  sessions: await test.database.userSession.findMany({ orderBy: { id: "asc" } }),
  events: await test.database.auditEvent.count(),
  outbox: await test.database.outbox.count(),
  links: await test.database.accountLink.count(),
});

/** Each is called with all that it needs to refuse, and nothing that it needs to act. */
type Act = (deps: never, actor: Actor) => Promise<unknown>;
const ID = uuidv7();
const ACTS: Record<string, Act> = {
  "change the password": (deps, who) => changePassword(deps, who, { current: "a", password: "b", ip: "::1" }),
  "register a passkey, the question": (deps, who) => beginPasskey(deps, who),
  "register a passkey, the answer": (deps, who) => addPasskey(deps, who, { name: "K", answer: {} } as never),
  "rename a passkey": (deps, who) => renamePasskey(deps, who, { id: ID, name: "K" }),
  "remove a passkey": (deps, who) => removePasskey(deps, who, { id: ID }),
  "set an authenticator app up": (deps, who) => beginOwnTotp(deps, who),
  "confirm an authenticator app": (deps, who) => confirmOwnTotp(deps, who, { code: "123456" }),
  "give an authenticator app up": (deps, who) => cancelOwnTotp(deps, who),
  "remove the authenticator app": (deps, who) => removeOwnTotp(deps, who),
  "renew the recovery codes": (deps, who) => renewRecoveryCodes(deps, who),
  "put the recovery codes away": (deps, who) => putAwayOwnRecoveryCodes(deps, who),
  "end a device": (deps, who) => endDevice(deps, who, { userSessionId: device }),
  "end the browser's own sign-in as a device": (deps, who) =>
    endDevice(deps, who, { userSessionId: actor.userSessionId }),
  "remove a device": (deps, who) => removeDevice(deps, who, { userSessionId: device }),
  "end the other devices": (deps, who) => endOtherDevices(deps, who, { userId: actor.userId }),
  "end all sessions": (deps, who) => endAllSessions(deps, who, { userId: actor.userId, reason: "logout" }),
  "withdraw a consent": (deps, who) => withdrawConsent(deps, who, { userId: actor.userId, clientId: "erp" }),
  "prove by the password": (deps, who) => proveByPassword(deps, who, { password: "a", ip: "::1" }),
  "prove by a code": (deps, who) => proveByCode(deps, who, { code: "123456", ip: "::1" }),
  "prove by a passkey, the question": (deps, who) => askForProof(deps, who),
  "prove by a passkey, the answer": (deps, who) => proveByPasskey(deps, who, { answer: {} as never }),
  "open a notice, for “it was not me”": (deps, who) => openNotice(deps, who, { linkId: ID }),
  "whatever asks for a fresh proof": (deps, who) => requireFreshProof(deps, who),
};

describe("in a person's place nobody may", () => {
  it.each(Object.entries(ACTS))("%s", async (_name, act) => {
    const before = await state();
    const refusal = act(staffDeps(test.database) as never, actor);
    await expect(refusal).rejects.toMatchObject({ code: "IMPERSONATION_REFUSED" });
    expect(await state()).toEqual(before);
  });

  const administrates: Record<string, Act> = {
    "edit a person": (deps, who) =>
      editPerson(deps, who, { userId: actor.userId, version: 1, name: "X", email: "x@mgs.mg", locale: "fr" }),
    "set a password": (deps, who) => setPassword(deps, who, { userId: actor.userId, password: "b" } as never),
    "register an application": (deps, who) => createClient(deps, who, {} as never),
    "rotate a secret": (deps, who) => rotateSecret(deps, who, {} as never),
  };
  it.each(Object.entries(administrates))("administer, not even with an administrator's rights: %s", async (_, act) => {
    const before = await state();
    const refusal = act(staffDeps(test.database) as never, { ...actor, role: "administrateur" });
    await expect(refusal).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await state()).toEqual(before);
  });
});

describe("every use case about people and their accounts", () => {
  /** Those that an administrator may call in a person's place, with the reason. */
  const OPEN: Readonly<Record<string, string>> = {
    "channels.ts": "reads; presence shows the administrator",
    "update-preferences.ts": "language, theme and time zone secure nothing; the trail names both",
    "search-users.ts": "reads",
    "people/list-people.ts": "reads",
    "proofs/find-proof-methods.ts": "reads",
    "devices/list-devices.ts": "reads",
    "consents/list-consents.ts": "reads",
    "sessions/end-session.ts": "the administrator signs themself out",
    "sessions/close-session.ts": "its callers ask",
    "people/lock-managed-person.ts": "its callers ask",
    "batches/count-people-batch.ts": "checkPeopleBatch asks",
    "batches/start-people-batch.ts": "checkPeopleBatch asks",
    "permissions.ts": "the rules themselves",
  };
  const ACTOR = /\(\s*[^()]*\bactor: (?:Actor|UserActor)\b/;
  const folder = join(import.meta.dirname, "..");
  const files = globSync("**/*.ts", {
    cwd: folder,
    exclude: ["**/*.{test,itest}.ts", "**/testing/**", "impersonation/**"],
  });
  const table: Readonly<Record<string, Permission<never>>> = identityPermissions.table;

  /** Each function that takes an actor refuses by itself, by the fresh proof, or by a right that nobody has in a person's place. */
  function isClosed(source: string): boolean {
    if (/(?:refuseWhileImpersonating|requireFreshProof)\(/.test(source)) return true;
    const asked = [...source.matchAll(/requirePermission\(actor, "([\w.-]+)"/g)].map(([, name = ""]) => table[name]);
    return asked.length > 0 && asked.every((permission) => permission?.audience === ADMINISTRATION);
  }

  it("is closed in a person's place, or says why it is not", () => {
    const takesActor = files.filter((file) => ACTOR.test(readFileSync(join(folder, file), "utf8")));
    expect(takesActor.length).toBeGreaterThan(50);
    const open = takesActor.filter((file) => !isClosed(readFileSync(join(folder, file), "utf8")));
    expect(open.sort()).toEqual(Object.keys(OPEN).sort());
  });
});
