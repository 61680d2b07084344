import { z } from "zod";
import { isSigninSignature } from "../auth/signin-signature";
import type { ServerContext } from "../context";
import type { Connection } from "../hub/connection";
import { type ClientMessage, optional, parseData } from "../protocol/client-message";
import { CloseCode, ErrorCode } from "../protocol/close-codes";
import { errorFrame, signinSuccess, watchlistEvents } from "../protocol/frames";
import { memberSource } from "../protocol/json-text";
import { idOf } from "./member";

const dataSchema = z.object({ auth: z.string(), user_data: z.string() });

const userSchema = z.object({
  id: z.union([z.string().min(1), z.number()]),
  // Ids may be numbers, as in `id` itself: Laravel encodes its integers so.
  watchlist: optional(z.array(z.union([z.string(), z.int().transform(String)]))),
});

/**
 * `pusher:signin`. A connection that signs in wrongly is closed: its client believes to be someone it is not. One that
 * is a user's stays that user's.
 */
export async function signin(connection: Connection, message: ClientMessage, { hub }: ServerContext): Promise<void> {
  const data = parseData(dataSchema, message.data);
  const claim = { socketId: connection.id, auth: data?.auth ?? "", userData: data?.user_data ?? "" };
  if (data === undefined || !isSigninSignature(claim, connection.app.keys)) {
    connection.close({ code: CloseCode.unauthorized, message: "Connection not authorized: invalid signin signature" });
    return;
  }
  const user = parseData(userSchema, data.user_data);
  const id = user && idOf(user.id, data.user_data, "id");
  if (user === undefined || id === undefined || id.length > connection.app.limits.maxUserIdLength) {
    connection.close({
      code: CloseCode.unauthorized,
      message: "Connection not authorized: user_data needs an id, and a watchlist has ids",
    });
    return;
  }
  if (connection.user !== undefined && connection.user.id !== id) {
    connection.send(errorFrame({ code: null, message: "Connection is already signed in as another user" }));
    return;
  }
  const { maxWatchlist } = connection.app.limits;
  const wanted = [...new Set(user.watchlist)];
  const watchlist = wanted.slice(0, maxWatchlist);
  const info = memberSource(data.user_data, "user_info");
  await hub.signIn(connection, { id, info, watchlist }, (events) => {
    connection.send(signinSuccess(data.user_data));
    if (wanted.length > maxWatchlist) {
      const message = `The watchlist is limited to ${maxWatchlist} users; the first are watched: ${watchlist.join(", ")}`;
      connection.send(errorFrame({ code: ErrorCode.watchlistLimit, message }));
    }
    if (events.length > 0) connection.send(watchlistEvents(events));
  });
}
