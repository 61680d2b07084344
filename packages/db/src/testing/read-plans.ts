import { z } from "zod";
import { createDatabase, type Database } from "../client";
import { poolOf } from "../prepared";

/** What the statements of one look-up did together. */
export type PlanSummary = {
  /** Indexes, and tables that were read in whole. */
  readFrom: string[];
  /** Blocks of 8 kB, from PostgreSQL's memory or from the disk. */
  blocks: number;
};

/** After so many calls PostgreSQL has chosen between plans for the values and the plan for any value. */
const CALLS_BEFORE = 8;

type Node = {
  "Node Type": string;
  "Index Name"?: string | undefined;
  "Relation Name"?: string | undefined;
  "Actual Loops": number;
  Plans?: Node[] | undefined;
};
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    "Node Type": z.string(),
    "Index Name": z.string().optional(),
    "Relation Name": z.string().optional(),
    "Actual Loops": z.number(),
    Plans: z.array(node).optional(),
  }),
);
const plan = z.object({
  Plan: z.intersection(node, z.object({ "Shared Hit Blocks": z.number(), "Shared Read Blocks": z.number() })),
});

/** Runs a look-up on one connection, and reads by PostgreSQL's auto_explain which plans its statements had. */
export async function readPlans(url: string, run: (database: Database) => Promise<unknown>): Promise<PlanSummary> {
  const database = createDatabase(url, 1);
  const reports: string[] = [];
  poolOf(database).on("connect", (client) => {
    client.on("notice", ({ message }) => {
      if (message?.includes("plan:")) reports.push(message);
    });
  });
  try {
    for (const statement of [
      "LOAD 'auto_explain'",
      "SET auto_explain.log_min_duration = 0",
      "SET auto_explain.log_analyze = on",
      "SET auto_explain.log_buffers = on",
      "SET auto_explain.log_format = json",
      "SET client_min_messages = log",
    ]) {
      await database.$executeRawUnsafe(statement);
    }
    for (let call = 0; call < CALLS_BEFORE; call++) await run(database);
    reports.length = 0;
    await run(database);
    const plans = reports.map((text) => plan.parse(JSON.parse(text.slice(text.indexOf("{")))).Plan);
    return {
      readFrom: [...new Set(plans.flatMap(listSources))],
      blocks: plans.reduce((sum, root) => sum + root["Shared Hit Blocks"] + root["Shared Read Blocks"], 0),
    };
  } finally {
    await database.$disconnect();
  }
}

function listSources(at: Node): string[] {
  const own =
    at["Index Name"] ?? (at["Node Type"].endsWith("Seq Scan") ? `all of ${at["Relation Name"] ?? "?"}` : undefined);
  return [...(own && at["Actual Loops"] > 0 ? [own] : []), ...(at.Plans ?? []).flatMap(listSources)];
}
