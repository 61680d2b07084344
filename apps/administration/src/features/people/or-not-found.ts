import { AppError } from "@mgs/core/errors";
import { parseUserId } from "@mgs/core/user-id";
import { notFound } from "next/navigation";

/** Waits for what an address names; the page is not found when there is none. */
export async function orNotFound<T>(found: Promise<T>): Promise<T> {
  return found.catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
}

/** The id of the address; the page is not found when it is none. */
export function readPersonId(text: string): number {
  return parseUserId(text) ?? notFound();
}
