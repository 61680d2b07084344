import { serverUrlVariable } from "@mgs/core/url-variables";
import { z } from "zod";

/** The path is the number of a database: ioredis would take any other for none, and use the first. */
export const redisUrlVariable = serverUrlVariable(["redis", "rediss"]).refine(
  (value) => /^\/?\d*$/.test(URL.parse(value)?.pathname ?? ""),
  "names a database that is no number",
);

export const redisEnv = z.object({
  REDIS_URL: redisUrlVariable,
});
