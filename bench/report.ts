import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem } from "node:os";

/** One line of the table: what was measured beside what it is held against. */
export type Line = {
  suite: string;
  what: string;
  unit: "/s" | "ms" | "kB" | "MB" | "s" | "lost";
  value: number;
  /** The same work at its least, measured in the same rounds; null where there is none. */
  floor: number | null;
  /** For `/s` the least share of the floor, for others the most times the floor or, without one, the most. */
  aim: number | null;
  note?: string;
  /** The value of each round, and the floor's. */
  rounds?: { value: number[]; floor: number[] };
};

export type Machine = {
  cores: number;
  cpu: string;
  memoryGb: number;
  kernel: string;
  versions: Record<string, string>;
};

/** @param servers versions of what an instance runs on; none was started otherwise */
export function machine(servers: { postgres: string; redis: string } | undefined): Machine {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string): string => {
    const folder = require.resolve.paths(name)?.find((path) => existsIn(path, name));
    return folder ? JSON.parse(readFileSync(`${folder}/${name}/package.json`, "utf8")).version : "?";
  };
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim() ?? "?",
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
    versions: {
      node: process.versions.node,
      ...servers,
      ...Object.fromEntries(["next", "oidc-provider", "pg", "bullmq", "ws"].map((name) => [name, versionOf(name)])),
    },
  };
}

function existsIn(path: string, name: string): boolean {
  try {
    return readFileSync(`${path}/${name}/package.json`).length > 0;
  } catch {
    return false;
  }
}

/** Value over floor. */
export function ratio({ value, floor }: Line): number | null {
  return floor === null || floor === 0 ? null : value / floor;
}

/** Null where nothing is aimed at. */
export function met(line: Line): boolean | null {
  if (line.aim === null) return null;
  const measured = ratio(line) ?? line.value;
  return line.unit === "/s" ? measured >= line.aim : measured <= line.aim;
}

/** A Markdown table, aligned as the repository's formatter leaves it alone. */
export function table(lines: readonly Line[]): string {
  const head = ["benchmark", "measured", "floor", "ratio", "aim", "met"];
  const rows = lines.map((line) => {
    const times = ratio(line);
    const sign = line.unit === "/s" ? "≥" : "≤";
    const aim = line.aim === null ? "" : `${sign} ${line.aim}${times === null ? ` ${line.unit}` : "×"}`;
    const verdict = met(line);
    return [
      `${line.what}${line.note ? ` (${line.note})` : ""}`,
      `${shown(line.value)} ${line.unit}`,
      line.floor === null ? "" : `${shown(line.floor)} ${line.unit}`,
      times === null ? "" : `${times.toFixed(2)}×`,
      aim,
      verdict === null ? "" : verdict ? "yes" : "no",
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const toLine = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [toLine(head), toLine(widths.map((width) => "-".repeat(width))), ...rows.map(toLine)].join("\n");
}

function shown(value: number): string {
  if (!Number.isFinite(value)) return "?";
  if (value >= 1_000) return Math.round(value).toLocaleString("en-US");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
