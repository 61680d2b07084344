import type { BrowserContext } from "@playwright/test";

/** Gathers what a browser complains about on any page of the context: errors, warnings of the policy, uncaught throws. */
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
