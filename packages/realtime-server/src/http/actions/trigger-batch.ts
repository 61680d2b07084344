import { channelInfo, parseInfo } from "../channel-info";
import { checkDataSize, checkPublishRate } from "../check-event-limits";
import { eventSchemas, parseBody } from "../event-schema";
import { publishEvent } from "../publish";
import { ok, problem, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `POST /apps/:id/batch_events`: all of them or, when one is wrong, none. */
export async function triggerBatch({ app, body, context }: ApiRequest): Promise<Reply> {
  const { input, refusal } = parseBody(eventSchemas(app.limits).batch, body);
  if (refusal !== undefined) return refusal;
  if (input.batch.length > app.limits.maxEventsPerBatch) return problem(400, "Batch too large");
  for (const event of input.batch) {
    const tooLarge = checkDataSize(event.data, app);
    if (tooLarge !== undefined) return tooLarge;
  }
  const tooMany = checkPublishRate(context.hub, app, input.batch.length);
  if (tooMany !== undefined) return tooMany;

  await Promise.all(input.batch.map((event) => publishEvent(context, app, event.channel, event)));

  const infos = input.batch.map((event) => parseInfo(event.info));
  if (infos.every((info) => info.size === 0)) return ok();
  return ok({
    batch: await Promise.all(
      input.batch.map(async (event, index) =>
        channelInfo(await context.hub.cluster.getChannel(app.id, event.channel), infos[index] ?? new Set()),
      ),
    ),
  });
}
