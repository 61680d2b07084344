import type { Environment } from "@mgs/core/environment";

/** The installation, as the process that runs the command line knows it. */
export type Installation = {
  /** The whole environment of each process at its start. */
  environments: Record<"administration" | "commercial" | "gestion-dossier" | "worker", Environment>;
  /** Problems of the secrets, by name, never a value. */
  secretProblems: readonly string[];
  /** Settings that the realtime server would refuse, by name; empty with another Pusher server. */
  realtimeProblems: readonly string[];
  /** The data folder. */
  dataDir: string;
};
