import { defineConfig } from "@playwright/test";
import { findBrowser, listBrowserArguments } from "./tooling/src/testing/browser";
import { countE2eWorkers } from "./tooling/src/testing/e2e-workers";

const executablePath = findBrowser();

/**
 * The files of one worker share a running product, which some of them break on purpose: one test at a time, in order. The
 * time-outs are far above what anything takes: a loaded machine is slow, and stands still for seconds.
 */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./tooling/src/testing/e2e-setup.ts",
  outputDir: "test-results",
  workers: countE2eWorkers(),
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    locale: "fr-FR",
    timezoneId: "Indian/Antananarivo",
    // A trace without pictures of every moment is cheaper; a failure has one of its end.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    launchOptions: { args: listBrowserArguments(), ...(executablePath ? { executablePath } : {}) },
  },
});
