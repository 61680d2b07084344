import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CONFIGURATION_ERROR_EXIT_CODE } from "@mgs/core/configuration-error";
import { PORTALS } from "@mgs/core/portals";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROCESSES } from "./environment";
import { ROOT } from "./paths";

const FILES = globSync("deploy/systemd/*", { cwd: ROOT });
const SERVICES = FILES.filter((file) => file.endsWith(".service"));
/** systemd's own scale from 0 (safe) to 10. */
const HIGHEST_EXPOSURE = 2;

const text = (file: string) => readFileSync(join(ROOT, file), "utf8");
const values = (file: string, key: string) =>
  [...text(file).matchAll(new RegExp(`^${key}=(.*)$`, "gm"))].map((match) => match[1] ?? "");

const version = systemdVersion();

test("there is a unit for each process, and the target wants them all", () => {
  const names = SERVICES.map((file) => basename(file));
  expect(names.sort()).toEqual([...PROCESSES.map((name) => `mgs-${name}.service`), "mgs-release.service"].sort());
  const wanted = values("deploy/systemd/mgs.target", "Wants").join(" ").split(" ");
  expect(wanted.sort()).toEqual(PROCESSES.map((name) => `mgs-${name}.service`).sort());
});

test.each(SERVICES)("%s runs without root and privileges, with an existing command", (file) => {
  expect(values(file, "User")).toEqual(["mgs"]);
  for (const [key, value] of [
    ["NoNewPrivileges", "yes"],
    ["ProtectSystem", "strict"],
    ["CapabilityBoundingSet", ""],
    ["EnvironmentFile", "/etc/mgs/mgs.env"],
  ] as const) {
    expect(values(file, key), key).toEqual([value]);
  }
  const [command = ""] = values(file, "ExecStart");
  const name = basename(file, ".service").replace("mgs-", "");
  const action = name === "release" ? "release" : `run ${name}`;
  expect(command).toBe(`/opt/mgs/current/node_modules/node/bin/node --import tsx tooling/src/deploy.ts ${action}`);
  const lines = text(file)
    .split("\n")
    .filter((line) => !/^(#|\[\w+\]$|[A-Z]\w+=|$)/.test(line));
  expect(lines).toEqual([]);
});

test.each(PORTALS)("exit code 143 of Next.js after SIGTERM is success (%s)", (portal) => {
  expect(values(`deploy/systemd/mgs-${portal}.service`, "SuccessExitStatus")).toEqual(["143"]);
});

test.each(PROCESSES)("systemd does not restart %s while its configuration is invalid", (name) => {
  expect(values(`deploy/systemd/mgs-${name}.service`, "RestartPreventExitStatus")).toEqual([
    String(CONFIGURATION_ERROR_EXIT_CODE),
  ]);
});

describe.runIf(version >= 250)("systemd itself", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mgs-units-"));
    for (const file of FILES) copyFileSync(join(ROOT, file), join(folder, basename(file)));
    // The command is where the guide puts it; here it is not.
    for (const file of SERVICES) {
      const there = text(file).replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`);
      writeFileSync(join(folder, basename(file)), there);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(FILES)("systemd-analyze verify accepts %s", (file) => {
    const report = analyze("verify", "--man=no", "--recursive-errors=no", join(folder, basename(file)));
    // Units of the machine itself may have faults of their own.
    expect(report.split("\n").filter((line) => line.includes("mgs"))).toEqual([]);
  });

  test.each(SERVICES)("systemd-analyze security rates %s as protected", (file) => {
    const report = analyze("security", "--offline=true", "--no-pager", join(folder, basename(file)));
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(report)?.[1]);
    expect(exposure, report).toBeLessThanOrEqual(HIGHEST_EXPOSURE);
  });

  function analyze(...args: string[]): string {
    const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:`, SYSTEMD_COLORS: "0" };
    return execFileSync("sh", ["-c", 'systemd-analyze "$@" 2>&1', "sh", ...args], { env, encoding: "utf8" });
  }
});

/** 0 where there is no systemd, as on macOS. Reports about files on disk came with version 250. */
function systemdVersion(): number {
  try {
    return Number(/systemd (\d+)/.exec(execFileSync("systemd-analyze", ["--version"], { encoding: "utf8" }))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
