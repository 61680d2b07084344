/** Runs once when the server process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startPortal } = await import("@mgs/portal/start-portal");
  await startPortal("administration", async () => (await import("./portal")).portal);
}

/** Logs the error of a page that could not be rendered; its visitor sees the reference of that log line. */
export async function onRequestError(error: unknown, request: { path: string; method: string }): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logPageError } = await import("@mgs/portal/log-page-error");
  logPageError("administration", error, request);
}
