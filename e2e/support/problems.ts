import type { BrowserContext } from "@playwright/test";

/** Collects the errors of all pages of a context: console errors, policy violations, uncaught exceptions. */
export function watchProblems(context: BrowserContext): string[] {
  const problems: string[] = [];
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    problems.push(`${message.page()?.url()}: ${message.text()} (${url})`);
  });
  context.on("weberror", (error) => problems.push(`${error.page()?.url()}: ${error.error().message}`));
  return problems;
}
