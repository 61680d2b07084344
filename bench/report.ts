import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem } from "node:os";

/** One line of the table: a measured value beside its floor or aim. */
export type Line = {
  suite: string;
  what: string;
  unit: "/s" | "ms" | "kB" | "MB" | "s" | "lost";
  value: number;
  /** The floor: the same work with the least possible code, measured in the same rounds; null without one. */
  floor: number | null;
  /** The aim: for `/s` the least multiple of the floor, for other units the largest multiple or, without a floor, the largest value. */
  aim: number | null;
  note?: string;
  /** Values of each round, and the floor's. */
  rounds?: { value: number[]; floor: number[] };
};

export type Machine = {
  cores: number;
  cpu: string;
  memoryGb: number;
  kernel: string;
  versions: Record<string, string>;
};

/** Describes the machine. @param servers versions of an instance's servers; undefined when no instance was started */
export function describeMachine(servers: { postgres: string; redis: string } | undefined): Machine {
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

/** Computes value divided by floor. */
export function computeRatio({ value, floor }: Line): number | null {
  return floor === null || floor === 0 ? null : value / floor;
}

/** Tells whether a line meets its aim; null without one. */
export function meetsAim(line: Line): boolean | null {
  if (line.aim === null) return null;
  const measured = computeRatio(line) ?? line.value;
  return line.unit === "/s" ? measured >= line.aim : measured <= line.aim;
}

/** Formats a Markdown table, aligned as the repository's formatter does. */
export function formatTable(lines: readonly Line[]): string {
  const head = ["benchmark", "measured", "floor", "ratio", "aim", "met"];
  const rows = lines.map((line) => {
    const times = computeRatio(line);
    const sign = line.unit === "/s" ? "≥" : "≤";
    const aim = line.aim === null ? "" : `${sign} ${line.aim}${times === null ? ` ${line.unit}` : "×"}`;
    const verdict = meetsAim(line);
    return [
      `${line.what}${line.note ? ` (${line.note})` : ""}`,
      `${formatValue(line.value)} ${line.unit}`,
      line.floor === null ? "" : `${formatValue(line.floor)} ${line.unit}`,
      times === null ? "" : `${times.toFixed(2)}×`,
      aim,
      verdict === null ? "" : verdict ? "yes" : "no",
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const toLine = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [toLine(head), toLine(widths.map((width) => "-".repeat(width))), ...rows.map(toLine)].join("\n");
}

function formatValue(value: number): string {
  if (!Number.isFinite(value)) return "?";
  if (value >= 1_000) return Math.round(value).toLocaleString("en-US");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
