"use server";

import type { ReactNode } from "react";
import { getPollContext } from "../../../../features/console/console-context";
import { HealthParts } from "../../../../features/console/health/health-page";

/** Renders the current health of the system; the page calls it every few seconds. */
export async function read(): Promise<ReactNode> {
  const context = await getPollContext();
  return context && <HealthParts context={context} />;
}
