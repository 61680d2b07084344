"use client";
import { meApiPath } from "@mgs/identity/links";
import { useEffect } from "react";
import { awaitSiblingSignIn } from "./auth/sibling-tabs";

/** Reloads the sign-in page once another tab has signed in: a browser that restores five tabs shows five forms. */
export function SignedInElsewhere() {
  useEffect(() => awaitSiblingSignIn(signedIn, () => window.location.reload()), []);
  return null;
}

/** Asks whether there is a session; 403 means one whose role does not open this portal. */
async function signedIn(): Promise<boolean> {
  const response = await fetch(meApiPath(), { cache: "no-store" }).catch(() => null);
  return response !== null && (response.ok || response.status === 403);
}
