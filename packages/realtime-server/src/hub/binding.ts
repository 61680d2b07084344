/** Ties a socket to users: `terminate_connections` of any of them closes it, and so does the time `expiresAt`. */
export type Binding = {
  userIds: readonly string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Channels on which the socket may send no client events, from now on. */
  mutedChannels: readonly string[];
};

export type BindingResult = "bound" | "full" | "absent";
