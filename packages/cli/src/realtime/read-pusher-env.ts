import { type Environment, parseEnvironment } from "@mgs/core/environment";
import { type PusherEnv, pusherEnv } from "@mgs/realtime/env";

/** Reads the variables of the Pusher server. @throws EnvironmentError */
export function readPusherEnv(source: Environment): PusherEnv {
  return parseEnvironment(pusherEnv, source);
}
