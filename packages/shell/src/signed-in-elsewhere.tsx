"use client";
import { useEffect } from "react";
import { awaitSiblingSignIn } from "./auth/siblings";

/** On the sign-in page: five tabs restored at once show five forms; when one is answered the others go on by themselves. */
export function SignedInElsewhere() {
  useEffect(() => awaitSiblingSignIn(signedIn, () => window.location.reload()), []);
  return null;
}

/** 403: signed in, with a role that does not open this portal. */
async function signedIn(): Promise<boolean> {
  const response = await fetch("/api/me", { cache: "no-store" }).catch(() => null);
  return response !== null && (response.ok || response.status === 403);
}
