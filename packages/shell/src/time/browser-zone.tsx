"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useShell } from "../shell-context";
import { ZONE_COOKIE } from "./zone-cookie";

const YEAR_SECONDS = 365 * 24 * 3_600;

/** Returns the browser's time zone; undefined when it does not tell. */
export function browserZone(): string | undefined {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || undefined;
}

/**
 * Sends the browser's time zone to the server in a cookie, and renders the page again when the zone has changed, as on a browser's
 * first page or after a journey. It does nothing for people who have chosen a zone in their profile.
 */
export function BrowserZone() {
  const router = useRouter();
  const { user } = useShell();
  const follows = user.timeZone === null;
  useEffect(() => {
    const zone = browserZone();
    const cookie = `${ZONE_COOKIE}=${zone}`;
    if (zone === undefined || document.cookie.split("; ").includes(cookie)) return;
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP
    document.cookie = `${cookie}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
    if (follows) router.refresh();
  }, [follows, router]);
  return null;
}
