import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { z } from "zod";
import { DEMO_PASSWORD } from "../seed/people";

/** Processes that write a log in every run: one without lines was not looked at. */
const OURS = ["administration", "commercial", "gestion-dossier", "worker", "realtime-server"];

/** What no log may hold. */
export type Secrets = {
  /** What it is, by the value itself: passwords, keys, titles and texts of notifications. */
  values: ReadonlyMap<string, string>;
  /** SHA-256 (base64url) of tokens, codes and session cookies: the database knows them by no more. */
  hashes: ReadonlyMap<string, string>;
};

export type Log = { name: string; text: string };
/** Where something is; what it is, but never the value: a leak must not be printed. */
export type Leak = { log: string; line: number; what: string };

/** Shorter texts, such as "Test", are words of any log. */
const TELLING = 12;
/** Tokens are longer than this, and so are the codes that stand for them. */
const TOKEN_WORD = /[A-Za-z0-9_~-]{20,}/g;
const PATTERNS: readonly [what: string, pattern: RegExp][] = [
  ["a JSON Web Token", /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\./],
  ["a bearer token", /\bBearer\s+(?!\[hidden\])[A-Za-z0-9._~-]{16,}/i],
  [
    "a parameter that lets somebody in",
    /[?&](?:code|token|[a-z]+_token|client_secret|password|auth_signature)=(?!\[hidden\])[^&\s"]{4,}/,
  ],
  ["a password in an address", /:\/\/[^\s/@:[\]]+:(?!\[hidden\])[^\s/@]+@/],
  ["a hash of a password", /\$argon2id\$|\$2[aby]\$\d\d\$/],
];

/** Reads what a running product must not have told, from its data folder and its database. */
export async function collectSecrets(dataDir: string, databaseUrl: string): Promise<Secrets> {
  const stored = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8")));
  const values = new Map<string, string>([[DEMO_PASSWORD, "the password of the demonstration accounts"]]);
  for (const [name, value] of Object.entries(stored)) values.set(value, name);
  const hashes = new Map<string, string>();
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const texts = await client.query<{ text: string }>(
      `SELECT DISTINCT titre AS text FROM notifications UNION SELECT DISTINCT message FROM notifications`,
    );
    for (const { text } of texts.rows) if (isTelling(text)) values.set(text, "a text of a notification");
    const tokens = await client.query<{ model: string; hash: string }>(
      // Interactions stand in addresses and let nobody in without their cookie; grants are derived, not given away.
      `SELECT model, id_hash AS hash FROM oidc_payloads WHERE model NOT IN ('Interaction', 'Grant')
       UNION ALL SELECT 'session of ' || portal, token_hash FROM portal_sessions
       UNION ALL SELECT 'refresh token', token_hash FROM refresh_replays
       UNION ALL SELECT 'secret of client ' || id, secret_hash FROM clients`,
    );
    for (const { model, hash } of tokens.rows) hashes.set(hash, model);
  } finally {
    await client.end();
  }
  return { values, hashes };
}

/** A test may write to people what any log holds: a short word, the name of a process, an address. */
function isTelling(text: string): boolean {
  return text.length >= TELLING && !OURS.includes(text) && !/^(\/|https?:)\S*$/.test(text);
}

/** Every place in `logs` where something of `secrets` stands. */
export function findLeaks(logs: readonly Log[], { values, hashes }: Secrets): Leak[] {
  const wanted = [...values].flatMap(([value, what]) => {
    const escaped = JSON.stringify(value).slice(1, -1);
    return escaped === value ? [[value, what] as const] : [[value, what] as const, [escaped, what] as const];
  });
  const known = new Map<string, string | undefined>();
  const ofHash = (word: string): string | undefined => {
    if (!known.has(word)) known.set(word, hashes.get(createHash("sha256").update(word).digest("base64url")));
    return known.get(word);
  };
  return logs.flatMap(({ name, text }) =>
    text.split("\n").flatMap((content, index) => {
      const found = new Set<string>();
      for (const [value, what] of wanted) if (content.includes(value)) found.add(what);
      for (const [what, pattern] of PATTERNS) if (pattern.test(content)) found.add(what);
      for (const [word] of content.matchAll(TOKEN_WORD)) {
        const what = ofHash(word);
        if (what !== undefined) found.add(what);
      }
      return [...found].map((what) => ({ log: name, line: index + 1, what }));
    }),
  );
}

/** All logs of a data folder: one a process, those set aside, and what the start itself said. */
export function readLogs(dataDir: string): Log[] {
  const folder = join(dataDir, "logs");
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return [...files, join(dataDir, "start.log")]
    .filter((path) => existsSync(path))
    .map((path) => ({ name: path.slice(dataDir.length + 1), text: withoutWelcome(readFileSync(path, "utf8")) }));
}

/** The start shows the demonstration accounts on the terminal, each in a line of a table: that is what it is for. */
function withoutWelcome(text: string): string {
  const account = new RegExp(`^ +\\S+@\\S+ +${DEMO_PASSWORD} +.*$`, "gm");
  return text.replace(account, "");
}

/** @throws Error naming each place that tells too much, or a process that logged nothing at all */
export function checkLogs(dataDir: string, secrets: Secrets): void {
  const logs = readLogs(dataDir);
  const silent = OURS.filter(
    (name) => !logs.some((log) => log.name === join("logs", `${name}.log`) && log.text.trim() !== ""),
  );
  if (silent.length > 0) throw new Error(`no log lines of ${silent.join(", ")}: the logs cannot be judged`);
  const leaks = findLeaks(logs, secrets);
  if (leaks.length === 0) return;
  const places = leaks.slice(0, 50).map(({ log, line, what }) => `  ${log}:${line} holds ${what}`);
  throw new Error(`${leaks.length} places in the logs tell too much (${dataDir} is kept):\n${places.join("\n")}`);
}
