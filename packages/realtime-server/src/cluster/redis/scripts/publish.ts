import { script } from "./script";

/**
 * Publishes an event of a cache channel and stores it as the last event, so that no client sees one without the other.
 * KEYS last event; ARGV publish command, pub/sub channel, message, stored text, its lifetime in milliseconds
 */
export const PUBLISH_CACHED = script(`
redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
return redis.call(ARGV[1], ARGV[2], ARGV[3])
`);

/**
 * Publishes at the node that owns the slot of the channel's name: any node of a Redis Cluster accepts a PUBLISH, and messages
 * of two nodes have no order between them.
 * KEYS pub/sub channel; ARGV message
 */
export const PUBLISH_ON_SLOT_OWNER = script(`return redis.call('PUBLISH', KEYS[1], ARGV[1])`);
