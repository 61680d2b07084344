import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { z } from "zod";
import { DEMO_PASSWORD } from "../seed/people";

/** Processes that write a log in every run; one without lines is an error. */
const OURS = ["administration", "commercial", "gestion-dossier", "worker", "realtime-server"];

/** Secrets that no log may contain. */
export type Secrets = {
  /** Kinds of secrets by their value: passwords, keys, titles and texts of notifications. */
  values: ReadonlyMap<string, string>;
  /** Kinds of tokens, codes and session cookies by their SHA-256 (base64url), since the database has only the hash. */
  hashes: ReadonlyMap<string, string>;
};

export type Log = { name: string; text: string };
/** Place and kind of a leaked secret, never its value. */
export type Leak = { log: string; line: number; what: string };

/** Shorter texts, such as "Test", may occur in any log. */
const MIN_SECRET_CHARACTERS = 12;
/** Matches words as long as tokens and codes. */
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

/** Collects the secrets of a running product from its data folder and its database. */
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
      // Interactions are in addresses and need their cookie; grants are derived and never leave the server.
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

/** Tells whether a text of a test is distinctive: a short word, a process's name or an address may occur in any log. */
function isTelling(text: string): boolean {
  return text.length >= MIN_SECRET_CHARACTERS && !OURS.includes(text) && !/^(\/|https?:)\S*$/.test(text);
}

/** Finds every place in `logs` with one of the `secrets`. */
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

/** Reads all logs of a data folder: those of each process, rotated ones, and the start's own output. */
export function readLogs(dataDir: string): Log[] {
  const folder = join(dataDir, "logs");
  const files = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  return [...files, join(dataDir, "start.log")]
    .filter((path) => existsSync(path))
    .map((path) => ({ name: path.slice(dataDir.length + 1), text: withoutWelcome(readFileSync(path, "utf8")) }));
}

/** Removes the table of demonstration accounts, which the start prints on purpose. */
function withoutWelcome(text: string): string {
  const account = new RegExp(`^ +\\S+@\\S+ +${DEMO_PASSWORD} +.*$`, "gm");
  return text.replace(account, "");
}

/** Checks the logs. @throws Error that lists every leak, and every process without a log */
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
