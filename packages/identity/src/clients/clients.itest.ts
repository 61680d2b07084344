import { describe, expect, it } from "vitest";
import { createClient } from "./create-client";
import { endPreviousSecret, rotateSecret } from "./rotate-secret";
import { SYSTEM, useClientStage, WEB } from "./testing/use-client-stage";

const stage = useClientStage();
const { deps, create, opens, trail } = stage;
const lastEntry = async () => (await trail()).at(-1);

describe("a client is made", () => {
  it("with its addresses checked, each problem in its own words", async () => {
    const refused = createClient(deps(), SYSTEM, {
      name: " ",
      redirectUris: ["https://a.mg/ok", "http://a.mg/", "https://a.mg/#x"],
      postLogoutRedirectUris: ["https://u:p@a.mg/"],
      backchannelLogoutUri: "/logout",
    });
    await expect(refused).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [
        { path: "name", message: "REQUIRED" },
        { path: "redirectUris.1", message: "URI_NOT_HTTPS" },
        { path: "redirectUris.2", message: "URI_FRAGMENT" },
        { path: "postLogoutRedirectUris.0", message: "URI_CREDENTIALS" },
        { path: "backchannelLogoutUri", message: "URI_NOT_ABSOLUTE" },
      ],
    });
    await expect(create({ name: "Sans adresse" })).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    await expect(create({ name: "ERP", machine: true, pkceExempt: true })).rejects.toMatchObject({
      details: [{ path: "pkceExempt", message: "EXEMPTION_WITHOUT_CODE_FLOW" }],
    });
    expect(await stage.database.client.count()).toBe(0);
  });

  it("with an entry in the trail that has everything but the secret", async () => {
    const made = await create({ ...WEB, pkceExempt: true });
    const entry = await lastEntry();
    expect(entry).toMatchObject({ action: "client.created", subject: made.client_id });
    expect(entry?.details).toMatchObject({ name: "Agenda", pkceExempt: true, redirectUris: WEB.redirectUris });
    expect(JSON.stringify(entry)).not.toContain(made.client_secret);
    expect(await opens(made.client_id, made.client_secret)).toBe(true);
  });
});

describe("a request whose answer was lost, sent again with its key", () => {
  it("makes one client, whose secret is that of the last answer", async () => {
    const key = { idempotencyKey: "0".repeat(32) };
    const [lost, seen] = [await createClient(deps(), SYSTEM, WEB, key), await createClient(deps(), SYSTEM, WEB, key)];
    expect(seen.client_id).toBe(lost.client_id);
    expect(await stage.database.client.count()).toBe(1);
    expect([await opens(seen.client_id, lost.client_secret), await opens(seen.client_id, seen.client_secret)]).toEqual([
      false,
      true,
    ]);
    const other = await createClient(deps(), SYSTEM, WEB, { idempotencyKey: "1".repeat(32) });
    expect(other.client_id).not.toBe(seen.client_id);
  });

  it("rotates once: the secret that the client works with goes on opening", async () => {
    const { client_id: id, client_secret: first } = await create();
    const rotate = (idempotencyKey: string) =>
      rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 60 }, { idempotencyKey });
    const lost = await rotate("a");
    const seen = await rotate("a");
    expect([await opens(id, first), await opens(id, lost.client_secret), await opens(id, seen.client_secret)]).toEqual([
      true,
      false,
      true,
    ]);
    await rotate("b");
    expect([await opens(id, first), await opens(id, seen.client_secret)]).toEqual([false, true]);
  });
});

describe("a rotated secret", () => {
  it("opens beside the one before for the time that was set, and never the one before that", async () => {
    const { client_id: id, client_secret: first } = await create();
    const second = await rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 3_600 });
    expect(second.previous_secret_until).toBe(new Date(stage.now().getTime() + 3_600_000).toISOString());
    expect([await opens(id, first), await opens(id, second.client_secret)]).toEqual([true, true]);
    expect(await opens(id, "another")).toBe(false);
    const third = await rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 3_600 });
    expect([await opens(id, first), await opens(id, second.client_secret)]).toEqual([false, true]);
    expect(await opens(id, third.client_secret)).toBe(true);
    await stage.database.client.update({ where: { id }, data: { previousSecretUntil: new Date(Date.now() - 1) } });
    expect([await opens(id, second.client_secret), await opens(id, third.client_secret)]).toEqual([false, true]);
    const written = JSON.stringify(await trail());
    for (const secret of [first, second.client_secret, third.client_secret]) expect(written).not.toContain(secret);
  });

  it("ends the one before at once where no time was set, and ahead of its time when somebody says so", async () => {
    const { client_id: id, client_secret: first } = await create();
    const second = await rotateSecret(deps(), SYSTEM, id);
    expect([await opens(id, first), await opens(id, second.client_secret)]).toEqual([false, true]);
    const third = await rotateSecret(deps(), SYSTEM, id, { overlapSeconds: 60 });
    expect(await endPreviousSecret(deps(), SYSTEM, id)).toEqual({ changed: true });
    expect([await opens(id, second.client_secret), await opens(id, third.client_secret)]).toEqual([false, true]);
    expect(await lastEntry()).toMatchObject({ action: "client.previous-secret-ended", subject: id });
    expect(await endPreviousSecret(deps(), SYSTEM, id)).toEqual({ changed: false });
  });

  it("refuses a time that is negative, broken or longer than thirty days", async () => {
    const { client_id: id, client_secret: first } = await create();
    for (const overlapSeconds of [-1, 1.5, 31 * 86_400, Number.NaN])
      await expect(rotateSecret(deps(), SYSTEM, id, { overlapSeconds })).rejects.toMatchObject({
        code: "VALIDATION_ERROR",
      });
    expect(await opens(id, first)).toBe(true);
  });
});
