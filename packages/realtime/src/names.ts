/** Every channel and event name of the product. Laravel Echo's names stay valid, so old front ends keep working. */

export const userChannel = (userId: number): string => `private-App.Models.User.${userId}`;
export const legacyUserChannel = (userId: number): string => `private-user.${userId}`;
export const sessionChannel = (userSessionId: string): string => `private-session.${userSessionId}`;
export const ONLINE_USERS_CHANNEL = "presence-online-users";

/** A public channel: whoever may open a portal's page may know whether it is closed. */
export const MAINTENANCE_CHANNEL = "maintenance";

/** Sent by the command line to itself, through the realtime server. */
export const ROUND_TRIP_EVENT = "mgs.round-trip";

export const EVENTS = {
  notificationCreated: "Illuminate\\Notifications\\Events\\BroadcastNotificationCreated",
  inboxChanged: "inbox.changed",
  sessionEnded: "session.ended",
  sessionChanged: "session.changed",
  maintenanceChanged: "maintenance.changed",
  recordChanged: "record.changed",
  listChanged: "list.changed",
  commentCreated: "comment.created",
  commentUpdated: "comment.updated",
  commentDeleted: "comment.deleted",
  userOnline: "user.online",
  userOffline: "user.offline",
  userTyping: "user.typing",
  /** The class that the system before this broadcast, by the name that Laravel Echo's `listen("NewMessageEvent")` hears. */
  messageCreated: "App\\Events\\NewMessageEvent",
  messageUpdated: "message.updated",
  messageDeleted: "message.deleted",
  conversationsChanged: "conversations.changed",
  conversationRead: "conversation.read",
  presenceChanged: "presence.changed",
  ownPresenceChanged: "presence.own.changed",
} as const;

/** Events that members of a presence channel send each other. */
export const CLIENT_EVENTS = {
  /** Whether there are unsaved changes in the sender's page of the record. */
  editing: "client-editing",
  /** The sender writes a message in the conversation: true for three seconds. */
  typing: "client-typing",
} as const;
