import { z } from "zod";
import { isSigninSignature } from "../auth/signin-signature";
import type { ServerContext } from "../context";
import type { Connection } from "../hub/connection";
import { type ClientMessage, parseData } from "../protocol/client-message";
import { CloseCode } from "../protocol/close-codes";
import { signinSuccess } from "../protocol/frames";

const dataSchema = z.object({ auth: z.string(), user_data: z.string() });

/** pusher-js accepts a string id alone. */
const userSchema = z.object({ id: z.string().min(1), user_info: z.unknown().optional() });

/** `pusher:signin`. A connection that signs in wrongly is closed: its client believes to be someone it is not. */
export function signin(connection: Connection, message: ClientMessage, { hub }: ServerContext): void {
  const data = parseData(dataSchema, message.data);
  const claim = { socketId: connection.id, auth: data?.auth ?? "", userData: data?.user_data ?? "" };
  if (data === undefined || !isSigninSignature(claim, connection.app.keys)) {
    connection.close({ code: CloseCode.unauthorized, message: "Connection not authorized: invalid signin signature" });
    return;
  }
  const user = parseData(userSchema, data.user_data);
  if (user === undefined || user.id.length > connection.app.limits.maxUserIdLength) {
    connection.close({
      code: CloseCode.unauthorized,
      message: "Connection not authorized: user_data needs a string id",
    });
    return;
  }
  hub.signIn(connection, { id: user.id, info: user.user_info });
  connection.send(signinSuccess(data.user_data));
}
