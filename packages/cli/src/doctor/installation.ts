import type { Environment } from "@mgs/core/environment";

/** What whoever runs the command line knows of the installation. */
export type Installation = {
  /** The whole environment of each process, as its start gets it. */
  environments: Record<"administration" | "commercial" | "gestion-dossier" | "worker", Environment>;
  /** What is wrong with the secrets, by name, never a value. */
  secretProblems: readonly string[];
  /** What the realtime server would refuse of its settings, by name; empty where another Pusher server is used. */
  realtimeProblems: readonly string[];
  /** The data folder. */
  dataDir: string;
};
