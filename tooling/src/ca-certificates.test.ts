import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, expect, test } from "vitest";
import { withAuthorities } from "../../scripts/ca-certificates.mjs";

const folder = mkdtempSync(join(tmpdir(), "mgs-authorities-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(join(folder, ".env"), text);
const found = (environment: Record<string, string> = {}) => withAuthorities(environment, folder).NODE_EXTRA_CA_CERTS;

test.each([
  "NODE_EXTRA_CA_CERTS=/etc/mgs/a.pem",
  'A=1\nNODE_EXTRA_CA_CERTS="/etc/mgs/with space.pem" # ours\nB=2',
  "NODE_EXTRA_CA_CERTS='/etc/mgs/#1.pem'",
  "  export NODE_EXTRA_CA_CERTS = /etc/mgs/a.pem # ours",
  "NODE_EXTRA_CA_CERTS=/old.pem\r\nNODE_EXTRA_CA_CERTS=/new.pem\r\n",
])("reads NODE_EXTRA_CA_CERTS of .env as Node's own parser does: %j", (text) => {
  write(text);
  const expected = parseEnv(text).NODE_EXTRA_CA_CERTS;
  expect(expected).toMatch(/^\/.*pem$/);
  expect(found()).toBe(expected);
});

test("the environment overrides .env, and an empty variable counts as unset", () => {
  write("NODE_EXTRA_CA_CERTS=/of/the/file.pem");
  expect(found({ NODE_EXTRA_CA_CERTS: "/own.pem" })).toBe("/own.pem");
  expect(found({ NODE_EXTRA_CA_CERTS: "" })).toBe("/of/the/file.pem");
});

test.each(["", "# NODE_EXTRA_CA_CERTS=/a.pem", "NODE_EXTRA_CA_CERTS=", "MY_NODE_EXTRA_CA_CERTS=/a.pem"])(
  "nothing is set by %j",
  (text) => {
    write(text);
    expect(withAuthorities({ PATH: "/bin" }, folder)).toEqual({ PATH: "/bin" });
  },
);

test("without a .env there is no authority", () => {
  expect(withAuthorities({ PATH: "/bin" }, join(folder, "nowhere"))).toEqual({ PATH: "/bin" });
});
