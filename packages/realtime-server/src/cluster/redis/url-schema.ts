import { z } from "zod";
import { parseRedisUrl } from "./redis-url";

/** An address of Redis as `parseRedisUrl` reads it. */
export const redisUrlSchema = z.string().superRefine((url, check) => {
  try {
    parseRedisUrl(url);
  } catch (error) {
    check.addIssue({ code: "custom", message: error instanceof Error ? error.message : "is no address of Redis" });
  }
});

/** The prefix of every key and channel in Redis. */
export const redisPrefixSchema = z.string().min(1).max(100);
