"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Renders the page anew at intervals while something on it is under way; not while nobody looks at it. */
export function RefreshWhile({ active, intervalMs }: { active: boolean; intervalMs: number }) {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => document.visibilityState === "visible" && router.refresh(), intervalMs);
    return () => clearInterval(timer);
  }, [active, intervalMs, router]);
  return null;
}
