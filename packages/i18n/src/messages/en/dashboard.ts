import type { dashboard as french } from "../fr/dashboard";

export const dashboard: typeof french = {
  greeting: "Hello {name}",
  summary:
    "{count, plural, =0 {No notification is waiting for you.} one {# notification is waiting for you.} other {# notifications are waiting for you.}}",
  latest: "Latest notifications",
  seeAll: "See all",
  online: "Online",
  onlineCount: "{count, plural, one {# person} other {# people}}",
  you: "you",
  othersOnline: "{count, plural, other {and # more}}",
  nobodyElse: "Nobody else is online for the moment.",
  onlineUnknown: "Presence will show once live updates are back.",
  onlineFull: "The list of people online is full. It will show as soon as there is room.",
  actions: "Quick actions",
  health: "System health",
  healthStates: { ok: "Operational", degraded: "Degraded", down: "Down" },
  healthParts: { realtime: "Realtime", deliveries: "Deliveries", deliveriesDetail: "{waiting} waiting, {dead} failed" },
  healthLoading: "Checking the services",
  healthFailed: "The system’s health could not be read.",
};
