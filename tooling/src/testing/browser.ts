import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** How to get a browser where none could be installed. */
export const BROWSER_WAYS = [
  "End-to-end tests need a Chromium. Ways to get one:",
  "  Debian, Ubuntu:  sudo apt-get install chromium",
  "  anywhere:        npx playwright install chromium",
].join("\n");

/** Playwright's own Chromium where it was installed, else the system's; null when there is none. */
export function findBrowser(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const system = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [chromium.executablePath(), ...system, ...MAC].find(isExecutable) ?? null;
}

/** Flags by which a browser starts fast, talks to nobody else, and runs as root in a container. */
export function browserArguments(): string[] {
  return [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
