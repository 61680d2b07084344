import { describe, expect, it } from "vitest";
import { DEAD, useInstallation } from "./testing/use-installation";

const installation = useInstallation();
const { mgs } = installation;

type Row = [args: string, text: RegExp, json: unknown, stdin?: string];

/** Commands that succeed, with their text and JSON. No argument contains a space. */
const DONE: readonly Row[] = [
  [
    "client:create --name ERP --machine",
    /client_secret {2}[\w-]{43}/,
    { machine: true, client_secret: expect.any(String) },
  ],
  ["client:list", /agenda .*web/, expect.arrayContaining([expect.objectContaining({ client_id: "agenda" })])],
  ["client:show agenda", /redirect URIs +http:\/\/localhost\/cb/, { client_id: "agenda", revoked_at: null }],
  [
    "client:rotate-secret agenda",
    /client_secret {2}[\w-]{43}/,
    { client_id: "agenda", client_secret: expect.any(String) },
  ],
  [
    "client:rotate-secret agenda --overlap 24",
    /client_secret {2}[\w-]{43}\nthe old one opens until /,
    { client_id: "agenda", previous_secret_until: expect.any(String) },
  ],
  ["client:rotate-secret agenda --end-previous", /has no old secret$/, { client_id: "agenda", changed: false }],
  ["client:edit agenda --name Agenda2", /^changed agenda: name$/, { client_id: "agenda", changed: ["name"] }],
  ["client:edit agenda --exempt-pkce", /^changed agenda: pkceExempt$/, { changed: ["pkceExempt"] }],
  ["consent:list --user 2", /^none$/, []],
  ["client:revoke agenda", /^revoked agenda$/, { client_id: "agenda", changed: true }],
  [
    "user:create --name Lova --email lova@mgs.mg --role gestionnaire --generate",
    /created \d+ lova@mgs.mg\npassword [\w-]{20}, to be changed at the first sign-in$/,
    { email: "lova@mgs.mg", role: "gestionnaire", invited: false, password: expect.any(String) },
  ],
  [
    "user:create --name Lova --email lova@mgs.mg --role direction",
    /^invited \d+ lova@mgs.mg$/,
    { email: "lova@mgs.mg", role: "direction", invited: true },
  ],
  [
    "user:create --name Lova --email lova@mgs.mg --role direction --password",
    /^created \d+ lova@mgs.mg$/,
    { email: "lova@mgs.mg", role: "direction" },
    "a password of hers\nignored",
  ],
  ["user:list --search nom --limit 1", /admin@mgs\.mg[\s\S]*more: --cursor 1$/, { items: [{ id: 1 }], next: 1 }],
  ["user:list --disabled", /^nobody$/, { items: [], next: null }],
  ["user:disable hery@mgs.mg", /is disabled\n1 sign-ins ended/, { id: 2, disabled: true, changed: true, ended: 1 }],
  ["user:second-factor-reset 2", /hery@mgs.mg are removed\n1 sign-ins ended/, { id: 2, ended: 1 }],
  ["role:second-factor comptable", /is mandatory for comptable/, { role: "comptable", required: true, changed: true }],
  ["role:second-factor comptable --optional", /is optional for comptable/, { required: false, changed: true }],
  ["user:disable 2 --undo", /was open before/, { id: 2, disabled: false, changed: false }],
  ["user:password 2", /^a link is on its way to hery@mgs.mg$/, { id: 2, sent: "password-reset" }],
  ["user:password 2 --password", /to be changed.*; 1 sign-ins ended$/, { id: 2, ended: 1 }, "a brand new password\r\n"],
  ["user:password 2 --generate", /password [\w-]{20}$/, { id: 2, ended: 1, password: expect.any(String) }],
  ["tokens:revoke --user HERY@mgs.mg", /hery@mgs.mg: 1 sign-ins ended/, { id: 2, ended: 1 }],
  ["audit:verify", /^OK: 0 rows, head 0:0{64}$/, { ok: true, events: 0, waiting: 0, broken: null }],
  ["notify --user 2 --titre a --message b", /^sent: /, { user_id: 2, titre: "a" }],
  ["notify --user hery@mgs.mg --titre a --message b", /^sent: /, { user_id: 2 }],
  ["notifications:list --user 2", /^none$/, { items: [], older: null }],
  [
    "queue:status",
    /emails +delivers +0 .*\b1\b/,
    expect.arrayContaining([expect.objectContaining({ queue: "emails" })]),
  ],
  [
    "queue:failed --queue emails",
    /notification\.email +8 .*550 unknown/,
    { items: [{ id: DEAD, payload: { token: "[hidden]" } }], next: null },
  ],
  [`queue:retry ${DEAD}`, /^1 will be delivered again$/, { retried: 1 }],
  ["queue:retry --all --kind notification.email", /^1 will/, { retried: 1 }],
  ["queue:pause emails", /^emails is paused$/, { queue: "emails", paused: true, changed: true }],
  ["queue:resume emails", /^emails was not paused$/, { queue: "emails", paused: false, changed: false }],
  ["realtime:test", /event received after [\d.]+ ms/, { round_trip_ms: expect.any(Number) }],
  ["realtime:test --internal", /connected to ws:\/\/127/, { connect_ms: expect.any(Number) }],
  [
    "realtime:stats",
    /PROCESS +UP +CONNECTIONS[\s\S]*:\d+ +\d+ s +0 +0 +0 /,
    { app_id: "test", replicas: [{ pid: process.pid, connections: 0 }] },
  ],
  ["realtime:channels", /^none$/, { channels: [], total: 0 }],
  ["realtime:channels presence- --limit 5", /^none$/, { channels: [], total: 0 }],
  [
    'realtime:publish news mgs.test {"a":1}',
    /^sent to news: 0 subscribers$/,
    { channel: "news", event: "mgs.test", subscriptions: 0 },
  ],
  [
    "realtime:disconnect HERY@mgs.mg",
    /^hery@mgs\.mg: cut on 0 devices$/,
    { id: 2, email: "hery@mgs.mg", connected: 0 },
  ],
  ["cache:clear", /counters of sign-in attempts cleared/, { sign_in: 0, second_factor: 0, send: 0 }],
  [
    "routes --portal administration",
    /administration +POST +\/api\/notifications\/send +token that may send/,
    expect.arrayContaining([{ portal: "administration", method: "GET", path: "/api/me", access: "cookie or token" }]),
  ],
  ["completion bash", /complete -o default -F _mgs mgs/, { shell: "bash", script: expect.any(String) }],
  ["completion zsh", /#compdef mgs/, { shell: "zsh" }],
];

/** Commands that are refused: arguments, exit code and message. */
const REFUSED: readonly [args: string, code: 1 | 2, complaint: RegExp, stdin?: string][] = [
  ["nothing", 2, /unknown command/],
  ["client:show", 2, /missing required argument/],
  ["client:show nobody", 1, /OAuth client does not exist/],
  ["client:rotate-secret commercial", 1, /environment/],
  ["client:revoke commercial", 1, /environment/],
  ["client:edit commercial --name X", 1, /environment/],
  ["client:edit agenda --redirect-uri http://a.mg/cb", 2, /redirectUris\.0/],
  ["client:rotate-secret agenda --overlap 721", 2, /whole number of hours from 0 to 720/],
  ["consent:withdraw agenda --user 2", 1, /OAuth client does not exist/],
  ["client:create --name X --redirect-uri https://*.mgs.mg/cb", 2, /redirectUris\.0/],
  ["client:create --name X --scope all --machine", 2, /Scopes are/],
  ["user:create --name X --email x@mgs.mg --role chef --generate", 2, /role: /],
  ["user:create --name X --email x --role commercial --generate", 2, /email/],
  ["user:create --name X --email x@mgs.mg --role commercial --password", 2, /password: This value is required/],
  ["user:create --name X --email x@mgs.mg --role commercial --password", 2, /password: Choose at least 12/, "short\n"],
  ["user:create --name X --email x@mgs.mg --role commercial --password", 2, /password: .*too common/, "password1234\n"],
  ["user:create --name X --email HERY@mgs.mg --role commercial --generate", 2, /taken already/],
  ["user:create --name X --email x@mgs.mg --role commercial --password secret", 2, /too many arguments/],
  ["user:list --limit 0", 2, /limit/],
  ["user:disable 99", 1, /user does not exist/],
  ["user:disable 1", 1, /last administrator/],
  ["user:password hery", 1, /user does not exist/],
  ["user:password 2 --password", 2, /password/],
  ["tokens:revoke", 2, /--user/],
  ["tokens:revoke --user nobody@mgs.mg", 1, /user does not exist/],
  ["notify --user 2 --titre a", 2, /--message/],
  ["notify --user 99 --titre a --message b", 1, /does not exist/],
  ["notifications:list --user 99", 1, /does not exist/],
  ["notifications:list --user 2 --limit many", 2, /limit/],
  ["queue:failed --queue mails", 2, /Allowed choices/],
  ["queue:failed --cursor x", 2, /cursor/],
  ["queue:retry", 2, /ids, or --all/],
  ["queue:retry --queue emails", 2, /ids, or --all/],
  [`queue:retry ${DEAD} --queue emails`, 2, /go with --all/],
  ["queue:retry x", 2, /ids\.0/],
  ["queue:pause mails", 2, /Allowed choices/],
  ["realtime:test --timeout no", 2, /seconds/],
  ["realtime:channels é", 2, /prefix: A channel name has/],
  ["realtime:channels --limit 0", 2, /limit/],
  ["realtime:publish news mgs.test", 2, /missing required argument 'json'/],
  ["realtime:publish news mgs.test {", 2, /data: This text is not valid JSON/],
  ["realtime:publish news pusher:x {}", 2, /event: Names that begin/],
  ["realtime:publish private-encrypted-a mgs.test {}", 2, /channel: This server does not know the key/],
  ["realtime:disconnect nobody@mgs.mg", 1, /user does not exist/],
  ["routes --portal x", 2, /Allowed choices/],
  ["completion fish", 2, /Allowed choices/],
];

/** Reads every table that a command could have written. */
async function everything(): Promise<unknown> {
  const { user, client, userSession, notification, outbox, queuePause, auditEvent } = installation.test.database;
  return Promise.all([
    user.findMany({ orderBy: { id: "asc" } }),
    client.findMany({ orderBy: { id: "asc" } }),
    userSession.findMany(),
    notification.count(),
    outbox.findMany({ orderBy: { id: "asc" } }),
    queuePause.count(),
    auditEvent.count(),
  ]);
}

describe("every command", () => {
  it.each(DONE)("%s", async (args, text, _json, stdin) => {
    const plain = await mgs(args.split(" "), { stdin: stdin ?? "" });
    expect(plain, plain.err).toMatchObject({ code: 0, err: "" });
    expect(plain.out).toMatch(text);
  });

  it.each(DONE)("%s --json", async (args, _text, json, stdin) => {
    const { code, out, err } = await mgs([...args.split(" "), "--json"], { stdin: stdin ?? "" });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect({ result: JSON.parse(out) }).toMatchObject({ result: json });
  });

  it.each(REFUSED)("%s is refused with %i, and nothing is written", async (args, code, complaint, stdin) => {
    const before = await everything();
    const refused = await mgs([...args.split(" "), "--json"], { stdin: stdin ?? "" });
    expect(refused.err).toMatch(complaint);
    expect(refused.code).toBe(code);
    expect(JSON.parse(refused.out)).toMatchObject({ success: false, error: { message: expect.any(String) } });
    expect(await everything()).toEqual(before);
  });
});
