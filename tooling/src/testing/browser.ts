import { chromium } from "@playwright/test";
import { findExecutable, isExecutable } from "../services/executables";

const PROGRAM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Finds Playwright's own Chromium when it is installed, else the system's; null when there is none. */
export function findBrowser(): string | null {
  const own = chromium.executablePath();
  return isExecutable(own) ? own : (findExecutable(PROGRAM_NAMES) ?? MAC.find(isExecutable) ?? null);
}

/** Lists flags that make a browser start fast, connect to no other server, and run as root in a container. */
export function listBrowserArguments(): string[] {
  return [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}
