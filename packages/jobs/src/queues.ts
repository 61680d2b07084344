/** BullMQ queues. */
export const QUEUES = ["notifications", "emails", "broadcasts", "default"] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * The queue whose deliveries may come twice without harm: pages know what they are told by its id or number. Its claims and
 * results need not have reached the disk before work goes on.
 */
export const REPEATABLE_QUEUE: QueueName = "broadcasts";
