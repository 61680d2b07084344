"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useShell } from "../shell-context";
import { ZONE_COOKIE } from "./zone-cookie";

const YEAR_SECONDS = 365 * 24 * 3_600;

/** The browser's own time zone; undefined where it keeps that to itself. */
export function browserZone(): string | undefined {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || undefined;
}

/**
 * Tells the server the browser's time zone, by a cookie. The first page of a browser is written in another zone, and once more when the
 * zone is known; a traveller's pages follow their machine. Who has chosen a zone keeps it.
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
