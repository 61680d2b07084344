import { systemClock } from "@mgs/core/clock";
import { sha256 } from "@mgs/core/crypto";
import { createLogger } from "@mgs/core/logger";
import { identityAsyncApi } from "@mgs/identity/channels.asyncapi";
import { announceSessionEnd } from "@mgs/identity/sessions/announce-session-end";
import { endSession } from "@mgs/identity/sessions/end-session";
import { EVENTS } from "@mgs/realtime/names";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import { oidcHooks } from "./identity-hooks";
import { createSsoSessions } from "./sign-in/sso-sessions";
import { TestBrowser } from "./testing/browser";
import { silentEnqueuer } from "./testing/provider-server";
import { useProviderStage } from "./testing/use-provider-stage";

const stage = useProviderStage();
const { deps, signIn } = stage;

const revocations = () =>
  stage.db.database.auditEvent.findMany({
    ...{ where: { action: "token.revoked" }, orderBy: { id: "asc" } },
    select: { actor: true, subject: true, userId: true, details: true },
  });

describe("the audit trail of revocations", () => {
  test("has a client's own token once, and nothing of tokens that are unknown, gone or another client's", async () => {
    const { config, tokens } = await signIn(new TestBrowser(), 1);
    const other = await stage.discover("portal-2");
    await client.tokenRevocation(config, "no token of ours");
    await client.tokenRevocation(other, tokens.access_token).catch(() => undefined);
    expect(await revocations()).toEqual([]);
    await client.tokenRevocation(config, tokens.access_token);
    await client.tokenRevocation(config, tokens.access_token);
    const row = { actor: "client:portal", subject: "portal", userId: 1 };
    expect(await revocations()).toEqual([{ ...row, details: { token: "AccessToken" } }]);
    const again = await signIn(new TestBrowser(), 2);
    await client.tokenRevocation(again.config, again.tokens.refresh_token ?? "");
    expect((await revocations())[1]).toEqual({ ...row, userId: 2, details: { token: "RefreshToken" } });
    const robot = await stage.discover("robot");
    const { access_token } = await client.clientCredentialsGrant(robot);
    await client.tokenRevocation(robot, access_token);
    const ofRobot = { actor: "client:robot", subject: "robot", userId: null, details: { token: "ClientCredentials" } };
    expect((await revocations())[2]).toEqual(ofRobot);
    expect(JSON.stringify(await stage.db.database.auditEvent.findMany())).not.toContain(tokens.access_token);
  });
});

test("the log line of an ended sign-in carries person, sign-in and token ids, and no token", async () => {
  const browser = new TestBrowser();
  const { tokens } = await signIn(browser, 1);
  const userSessionId = String(tokens.claims()?.user_session_id);
  const { database } = stage.db;
  const ending = { database, enqueuer: silentEnqueuer, clock: systemClock, identityHooks: [oidcHooks] };
  await endSession(ending, { kind: "system", name: "test" }, { userSessionId, reason: "administrator" });
  const row = await database.outbox.findFirstOrThrow({
    where: { kind: "session.ended", payload: { path: ["user_session_id"], equals: userSessionId } },
  });
  const lines: string[] = [];
  const logger = createLogger("test", "info", { write: (line) => lines.push(line) });
  const sent: string[] = [];
  const trigger = async (channel: string, event: string, data: object) => {
    checkEvent(identityAsyncApi, channel, event, data);
    sent.push(event);
  };
  const publisher = { trigger, terminateUser: async () => undefined };
  await announceSessionEnd({ publisher } as never, { ...row, logger } as never);
  expect(sent).toEqual([EVENTS.sessionEnded]);
  const [line = "", ...more] = lines;
  expect(more).toEqual([]);
  const logged = JSON.parse(line) as { token_ids: string[] };
  expect(logged).toMatchObject({ msg: "Token revoked for session", user_id: 1, user_session_id: userSessionId });
  expect(logged.token_ids).toEqual(
    expect.arrayContaining([sha256(tokens.access_token), sha256(tokens.refresh_token ?? "")]),
  );
  for (const secret of [tokens.access_token, tokens.refresh_token, tokens.id_token, browser.cookie("mgs.sso")]) {
    expect(secret).toBeTruthy();
    expect(line).not.toContain(secret);
  }
});

test("the first page of Administration writes down that a sign-in is used there, once and while it lasts", async () => {
  const { database } = stage.db;
  const browser = new TestBrowser();
  const { tokens } = await signIn(browser, 1);
  const userSessionId = String(tokens.claims()?.user_session_id);
  const clients = async () =>
    (await database.sessionClient.findMany({ where: { userSessionId }, orderBy: { clientId: "asc" } })).map(
      ({ clientId }) => clientId,
    );
  expect(await clients()).toEqual(["portal"]);
  const sessions = createSsoSessions({ ...deps(), ownOrigin: "http://localhost" });
  const cookie = browser.cookie("mgs.sso");
  expect(await Promise.all([sessions.find(cookie), sessions.find(cookie)])).toMatchObject([{}, {}]);
  expect(await clients()).toEqual(["administration", "portal"]);
  await database.sessionClient.deleteMany({ where: { userSessionId } });
  await sessions.find(cookie);
  expect(await clients()).toEqual([]);
  // Another process, after the end of the sign-in.
  await database.userSession.update({ where: { id: userSessionId }, data: { endedAt: new Date() } });
  await createSsoSessions({ ...deps(), ownOrigin: "http://localhost" }).find(cookie);
  expect(await clients()).toEqual([]);
});
