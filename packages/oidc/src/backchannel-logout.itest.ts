import { createServer } from "node:http";
import { systemClock } from "@mgs/core/clock";
import { createSealer } from "@mgs/core/crypto";
import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { endSession } from "@mgs/identity/sessions/end-session";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sendBackchannelLogout } from "./backchannel-logout";
import { oidcHooks } from "./identity-hooks";
import { ensureSigningKey } from "./keys.repository";
import { backchannelLogout } from "./outbox-kinds";
import { silentEnqueuer } from "./testing/provider-server";

const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
let test: TestDatabase;
/** Status that the client answers with; null: it hangs up. */
let status: number | null = 200;
const tokens: string[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    tokens.push(new URLSearchParams(Buffer.concat(chunks).toString()).get("logout_token") ?? "");
    if (status === null) return request.socket.destroy();
    response.writeHead(status).end();
  });
});

beforeAll(async () => {
  test = await createTestDatabase();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await ensureSigningKey(test.database, sealer);
  await test.database.user.create({
    data: { id: 1, email: "u1@mgs.mg", name: "U", passwordHash: "-", role: "commercial" },
  });
  await test.database.client.create({
    data: {
      ...{ id: "agenda", name: "Agenda", secretHash: "-" },
      backchannelLogoutUri: `http://localhost:${port}/logout`,
    },
  });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await test.drop();
});

/** Ends a sign-in with a client, and returns the row that tells the client. */
async function endSignIn(): Promise<{ outboxId: string; payload: { client_id: string; sub: string; sid: string } }> {
  const id = uuidv7();
  await test.database.userSession.create({ data: { id, userId: 1, oidcSessionUid: id } });
  await test.database.sessionClient.create({ data: { userSessionId: id, clientId: "agenda" } });
  await endSession(
    { database: test.database, clock: systemClock, enqueuer: silentEnqueuer, identityHooks: [oidcHooks] },
    { kind: "system", name: "test" },
    { userSessionId: id, reason: "logout" },
  );
  const { outboxId } = await test.database.logoutDelivery.findFirstOrThrow({ where: { userSessionId: id } });
  const row = await test.database.outbox.findUniqueOrThrow({ where: { id: outboxId } });
  return { outboxId, payload: backchannelLogout.payload.parse(row.payload) };
}

const deliver = ({ outboxId, payload }: Awaited<ReturnType<typeof endSignIn>>) =>
  sendBackchannelLogout({ database: test.database, sealer, issuer: "http://issuer.example" }, outboxId, payload);
const deliveryOf = (outboxId: string) => test.database.logoutDelivery.findUnique({ where: { outboxId } });

it.each([500, 302, null])(
  "a client that answers %s is not told yet, and the next attempt has a token of its own",
  async (answer) => {
    const ended = await endSignIn();
    tokens.length = 0;
    status = answer;
    await expect(deliver(ended)).rejects.toThrow();
    expect(await deliveryOf(ended.outboxId)).toMatchObject({ answeredAt: null, durationMs: null });
    status = 200;
    await deliver(ended);
    const told = await deliveryOf(ended.outboxId);
    expect(told).toMatchObject({ answeredAt: expect.any(Date), durationMs: expect.any(Number) });
    expect(new Set(tokens).size).toBe(2);
    // A second answer, after a crash between answer and commit, changes nothing.
    await deliver(ended);
    expect(await deliveryOf(ended.outboxId)).toEqual(told);
  },
);

it("a client without an address any more is dropped from the list", async () => {
  const ended = await endSignIn();
  await test.database.client.update({
    where: { id: "agenda" },
    data: { revokedAt: new Date(), backchannelLogoutUri: null },
  });
  await deliver(ended);
  expect(await deliveryOf(ended.outboxId)).toBeNull();
});

it("the worker goes on for a week, and a client that is back waits ten minutes at most", () => {
  expect(backchannelLogout.retries.maxDelayMs).toBeLessThanOrEqual(600_000);
  const [shortestMs, week] = [backchannelLogout.retries.maxDelayMs / 2, 7 * 86_400_000];
  expect(backchannelLogout.retries.maxAttempts * shortestMs).toBeGreaterThanOrEqual(week);
});
