"use server";

import type { ReactNode } from "react";
import { lookAtConsole } from "../../../../features/console/guard";
import { HealthParts } from "../../../../features/console/health/health-page";

/** The parts of the page as they are now; asked every few seconds. */
export async function read(): Promise<ReactNode> {
  const visit = await lookAtConsole();
  return visit && <HealthParts visit={visit} />;
}
