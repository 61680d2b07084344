import { globSync } from "node:fs";
import { ROOT } from "../paths";

const FOLDERS = ["apps", "packages", "tooling", "scripts", "e2e", "bench"];
const GENERATED = [
  "**/node_modules/**",
  "**/.next/**",
  "**/.data/**",
  "**/dist/**",
  "**/generated/**",
  "**/next-env.d.ts",
];

/** Every source file that people write, tests and tools included, by its path in the repository. */
export function sourceFiles(): string[] {
  return globSync(
    FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx,mts,mjs,cjs,js}`),
    { cwd: ROOT, exclude: GENERATED },
  ).sort();
}

export const isTest = (path: string): boolean => /\.(?:test|itest|spec)\.tsx?$|\/testing\//.test(path);
