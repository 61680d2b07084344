import { addCommand } from "@mgs/command-kit/add-command";
import { confirm } from "@mgs/command-kit/confirm";
import { Failed } from "@mgs/command-kit/failed";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withDatabase } from "@mgs/command-kit/with-database";
import { systemClock } from "@mgs/core/clock";
import { createSealer } from "@mgs/core/crypto";
import { parseEnvironment } from "@mgs/core/environment";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { z } from "zod";
import { rotateSigningKey } from "../keys/rotate-signing-key";

const env = z.object({ MGS_KEY_ENCRYPTION_KEY: z.string().min(43, "must be 32 bytes in base64") });

const EMERGENCY_NOTICE = `All signing keys are revoked at once, and the new one signs within half a minute. What breaks:
- Programs that verify our ID tokens by a kept copy of the key set refuse new ones until they fetch it again.
- ID tokens that were issued until now verify nowhere, also not as id_token_hint at the logout.
- Logout tokens on their way are sent again, signed by the new key.
Nobody is signed out: access and refresh tokens are not signed by these keys.`;

export function addKeysRotate(program: Command, context: CommandContext): void {
  addCommand(program, "keys:rotate", {
    summary: "make the next signing key: published at once, it signs a day later; the old one stays published",
    examples: [
      ["keys:rotate", "before its time, which the worker keeps by itself"],
      ["keys:rotate --now", "a key is in wrong hands: revoke all at once"],
    ],
  })
    .option("--now", "revoke every key that there is, and sign with the new one at once", false)
    .option("--yes", "do not ask", false)
    .action(async ({ now, yes, json }: { now: boolean; yes: boolean; json: boolean }) => {
      if (now && !yes && !(await confirm(context, `${EMERGENCY_NOTICE}\nRevoke all signing keys?`))) {
        context.complain("nothing was changed");
        throw new Failed();
      }
      const { MGS_KEY_ENCRYPTION_KEY } = parseEnvironment(env, await context.environment(true));
      const sealer = createSealer(MGS_KEY_ENCRYPTION_KEY);
      const result = await withDatabase(context, (database) =>
        rotateSigningKey({ database, sealer, clock: systemClock }, CLI_ACTOR, { isEmergency: now }),
      );
      printResult(context, json, result, () => {
        const { kid, signs_from, changed, revoked } = result;
        context.print(
          changed ? `key ${kid} signs from ${signs_from}` : `key ${kid} was to sign already from ${signs_from}`,
        );
        if (now) context.print(`${revoked.length} keys were revoked\n${EMERGENCY_NOTICE}`);
      });
    });
}
