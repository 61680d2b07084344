import { z } from "zod";
import { REACTIONS } from "./contract/reactions";

export const reactionInput = z.strictObject({
  emoji: z.enum(REACTIONS, { error: "INVALID_CHOICE" }),
  /** False takes the reaction back. */
  on: z.boolean({ error: "INVALID_BOOLEAN" }),
});
