import { serverUrlVariable } from "@mgs/core/url-variables";
import { z } from "zod";

export const redisUrlVariable = serverUrlVariable(["redis", "rediss"]);

export const redisEnv = z.object({
  REDIS_URL: redisUrlVariable,
});
