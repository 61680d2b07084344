import { addCommand } from "@mgs/command-kit/add-command";
import { printResult } from "@mgs/command-kit/print-table";
import { CLI_ACTOR } from "@mgs/command-kit/system-actor";
import { withServices } from "@mgs/command-kit/with-services";
import type { CommandContext } from "@mgs/module/command";
import type { Command } from "commander";
import { changeSessionLifetimes } from "../session-lifetimes/change-session-lifetimes";
import { getSessionLifetimes } from "../session-lifetimes/get-session-lifetimes";
import { SESSION_LIFETIMES, type SessionLifetime } from "../session-lifetimes/session-lifetimes";
import { parseDuration } from "./duration-option";

const MEANINGS: Readonly<Record<SessionLifetime, string>> = {
  idle: "without a page opened, a sign-in ends after",
  absolute: "a sign-in ends at the latest after",
  remembered_idle: 'as --idle, with "stay signed in"',
  remembered_absolute: 'as --absolute, with "stay signed in"',
  access_token: "an access token lasts, 15m at most",
  refresh_token: "an unused refresh token lasts",
  portal_session: "a portal asks the provider again after",
};

const optionOf = (name: SessionLifetime): string => name.replaceAll("_", "-");
const keyOf = (name: SessionLifetime): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

export function addLifetimesSet(program: Command, context: CommandContext): void {
  const command = addCommand(program, "lifetimes:set", {
    summary: "set how long sign-ins and tokens last; those that are not named stay",
    examples: [
      ["lifetimes:set --idle 8h --absolute 12h", "a working day"],
      ["lifetimes:set --remembered-idle 7d --refresh-token 7d", '"stay signed in" for a week'],
    ],
  });
  for (const name of SESSION_LIFETIMES) command.option(`--${optionOf(name)} <duration>`, MEANINGS[name], parseDuration);
  command.action(async ({ json, ...options }: { json: boolean } & Record<string, unknown>) => {
    const result = await withServices(context, async (services) => {
      const { lifetimes, version } = await getSessionLifetimes(services, CLI_ACTOR);
      const given = SESSION_LIFETIMES.flatMap((name) => {
        const seconds = options[keyOf(name)];
        return typeof seconds === "number" ? [[name, seconds] as const] : [];
      });
      const next = { ...lifetimes, ...Object.fromEntries(given) };
      const { changed } = await changeSessionLifetimes(services, CLI_ACTOR, { ...next, version });
      return { changed, lifetimes: next };
    });
    printResult(context, json, result, () => {
      context.print(result.changed ? "the lifetimes are set, for sign-ins that go on as well" : "nothing has changed");
    });
  });
}
