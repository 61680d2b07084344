import type { Locale } from "@mgs/core/locale";
import type { Session } from "@mgs/identity/portal-session";
import { cookies, headers } from "next/headers";
import { readPreferences } from "./preferences";

/** Returns the language of the page that is being rendered. */
export async function currentLocale(session: () => Promise<Session | null>): Promise<Locale> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const user = (await session().catch(() => null))?.user;
  return user?.locale ?? readPreferences((name) => jar.get(name)?.value, head.get("accept-language")).locale;
}
