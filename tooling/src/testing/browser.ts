import { chromium } from "@playwright/test";
import { findExecutable, isExecutable } from "../services/executables";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Playwright's own Chromium where it was installed, else the system's; null when there is none. */
export function findBrowser(): string | null {
  const own = chromium.executablePath();
  return isExecutable(own) ? own : (findExecutable(NAMES) ?? MAC.find(isExecutable) ?? null);
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
