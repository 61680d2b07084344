import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DEMO_PASSWORD } from "../seed/people";
import { checkLogs, findLeaks, type Secrets } from "./log-check";

const token = "Zk3vJ0pX9q2LmN8rT5wY1aB4cD7eF6gH";
const secrets: Secrets = {
  values: new Map([
    ["s3cret-of-cookies", "OIDC_COOKIE_SECRET"],
    ['Contrat "Rova"\nsigné', "a text of a notification"],
  ]),
  hashes: new Map([[createHash("sha256").update(token).digest("base64url"), "AccessToken"]]),
};

test.each([
  ["a value", "cookie s3cret-of-cookies refused", "OIDC_COOKIE_SECRET"],
  ["a text as JSON escapes it", JSON.stringify({ titre: 'Contrat "Rova"\nsigné' }), "a text of a notification"],
  ["a token known by its hash alone", `{"msg":"got ${token}"}`, "AccessToken"],
  ["a header", "authorization: Bearer abcdefghijklmnopqrstuv", "a bearer token"],
  ["a code in an address", "GET /api/auth/callback/mgs?state=x&code=abcdef", "a parameter that lets somebody in"],
  [
    "a password in an address",
    "connect to redis://:pa55@localhost or postgresql://mgs:pa55@db",
    "a password in an address",
  ],
  ["an ID token", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIiwi.c2ln", "a JSON Web Token"],
])("finds %s without printing it", (_, line, what) => {
  expect(findLeaks([{ name: "a.log", text: `fine\n${line}\n` }], secrets)).toEqual([{ log: "a.log", line: 2, what }]);
});

test("finds no leak in hidden values, ids and addresses", () => {
  const lines = [
    '{"request_id":"0193a5c0-0000-7000-8000-000000000001","path":"/api/notifications/send","status":201}',
    "redis://[hidden]@localhost, Bearer [hidden], ?code=[hidden]&x=1",
    "postgresql://localhost:5432/mgs http://localhost:3000/interaction/Zk3vJ0pX9q2LmN8rT5wY1aB4cD7eF6gX",
  ];
  expect(findLeaks([{ name: "a.log", text: lines.join("\n") }], secrets)).toEqual([]);
});

test("ignores missing logs", () => {
  const folder = mkdtempSync(join(tmpdir(), "mgs-logs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(() => checkLogs(folder, secrets)).toThrow(/no log lines of administration/);
  mkdirSync(join(folder, "logs"));
  for (const name of ["administration", "commercial", "gestion-dossier", "worker", "realtime-server"]) {
    writeFileSync(join(folder, "logs", `${name}.log`), "started\n");
  }
  const demo = { ...secrets, values: new Map([[DEMO_PASSWORD, "the password of the demonstration accounts"]]) };
  writeFileSync(join(folder, "start.log"), `  admin@mgs.mg  ${DEMO_PASSWORD}  administrateur\n`);
  checkLogs(folder, demo);
  writeFileSync(join(folder, "start.log"), `signed in with ${DEMO_PASSWORD}\n`);
  expect(() => checkLogs(folder, demo)).toThrow(/start.log:1 holds the password/);
  writeFileSync(join(folder, "logs", "worker.log"), `sent ${token}\n`);
  expect(() => checkLogs(folder, secrets)).toThrow(/logs\/worker.log:1 holds AccessToken/);
});
