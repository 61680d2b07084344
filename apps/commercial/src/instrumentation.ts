/** Runs once when the server process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { readEnv } = await import("./env");
  const { startPortal } = await import("@mgs/portal/start-portal");
  // A wrong environment ends the process now, with one list.
  await startPortal("commercial", readEnv, async () => {
    const { composition } = await import("./composition");
    // The development server reloads what it serves; here the framework is only gone before.
    const front = process.env.NODE_ENV === "production" ? await import("./front") : null;
    // Before the front answers that this process is ready.
    await composition().runtime.connect();
    front?.installPortalFront();
  });
}

/** A page that could not be rendered: its visitor sees a number, the log has the reason. */
export async function onRequestError(error: unknown, request: { path: string; method: string }): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logPageError } = await import("@mgs/portal/log-page-error");
  logPageError("commercial", error, request);
}
