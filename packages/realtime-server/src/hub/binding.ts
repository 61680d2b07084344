/** What lets a socket in: `terminate_connections` of any of these users closes it, and so does the time. */
export type Binding = {
  userIds: readonly string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Channels on which the socket may send no client events, from now on. */
  mutedChannels: readonly string[];
};

export type BindingResult = "bound" | "full" | "absent";
