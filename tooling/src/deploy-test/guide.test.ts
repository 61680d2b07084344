import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { SECRET_NAMES } from "../secrets";
import { fillEnvironment, readBlocks, readCommands } from "./guide";

const INSTALL = "docs/guide/install.md";
const UPGRADE = "docs/guide/upgrade.md";

test("the installation guide has commands at each step", () => {
  const first = readCommands(INSTALL, "1. Packages")[0] ?? "";
  expect(first).toMatch(/^sudo apt-get update\nsudo apt-get install -y .*\bcurl\b/);
  for (const heading of ["2. PostgreSQL", "4. Code", "5. Processes", "6. nginx", "7. The first", "8. Does it"]) {
    expect(readCommands(INSTALL, heading).join("\n"), heading).toMatch(/^\S/);
  }
  expect(readCommands(INSTALL, "4. Code").join("\n")).toContain("npm run deploy -- build");
});

test("commands in a list lose the list's indentation only", () => {
  const [build = "", backup = "", release = "", turn = ""] = readCommands(UPGRADE, "Forward");
  expect(build).toMatch(/^cd \/opt\/mgs\/releases\nsudo -u mgs git clone /);
  expect(backup).toContain("db:backup");
  expect(release).toContain("npm run deploy -- release");
  expect(turn).toContain("systemctl restart mgs-realtime-server");
  expect(readCommands(UPGRADE, "Back")).toHaveLength(3);
});

test("reports a heading that is missing", () => {
  expect(() => readCommands(INSTALL, "9. Nothing")).toThrow('docs/guide/install.md has no commands under "9. Nothing"');
});

test("reading the journal needs sudo", () => {
  const lines = [INSTALL, UPGRADE].flatMap((page) => readBlocks(page)).flatMap(({ text }) => text.split("\n"));
  const journal = lines.filter((line) => line.includes("journalctl"));
  expect(journal.length).toBeGreaterThan(1);
  expect(journal.filter((line) => !line.includes("sudo journalctl"))).toEqual([]);
});

test("fills in the environment file with the command above each secret", () => {
  const asked: string[] = [];
  const text = fillEnvironment({ SMTP_URL: "smtp://mail", NODE_EXTRA_CA_CERTS: "/a.pem" }, (command) => {
    asked.push(command);
    return `made-${asked.length}`;
  });
  const variables = parseEnv(text);
  expect(asked).toEqual(["openssl rand -base64 32", ...Array.from({ length: 6 }, () => "openssl rand -hex 32")]);
  expect(SECRET_NAMES.filter((name) => !variables[name]?.startsWith("made-"))).toEqual([]);
  expect(variables).toMatchObject({ SMTP_URL: "smtp://mail", NODE_EXTRA_CA_CERTS: "/a.pem", TRUSTED_PROXIES: "1" });
});
