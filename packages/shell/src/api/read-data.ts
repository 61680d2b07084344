import { sessionFetch } from "../page-session";

/**
 * Asks the portal's own API for what a page can do without: lighter than `callApi`, for what every page loads.
 * @returns undefined for a refusal
 * @throws TypeError without a network
 */
export async function readData(path: string, method: "GET" | "POST" = "GET"): Promise<unknown> {
  const response = await sessionFetch(path, { method, cache: "no-store" });
  const answer: unknown = response.ok ? await response.json().catch(() => null) : null;
  return (answer as { data?: unknown } | null)?.data;
}
