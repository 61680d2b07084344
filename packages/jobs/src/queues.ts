/** BullMQ queues. */
export const QUEUES = ["notifications", "emails", "broadcasts", "default"] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * The queue whose deliveries may be repeated without harm: pages recognize an event by its id or number. So its claims and
 * results need not have reached the disk before work goes on.
 */
export const REPEATABLE_QUEUE: QueueName = "broadcasts";
