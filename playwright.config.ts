import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./tooling/src/testing/browser";

const executablePath = findBrowser();

/** The tests share one running product, which some of them break on purpose: one at a time, in order. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./tooling/src/testing/e2e-setup.ts",
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    locale: "fr-FR",
    timezoneId: "Indian/Antananarivo",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    launchOptions: { args: browserArguments(), ...(executablePath ? { executablePath } : {}) },
  },
});
