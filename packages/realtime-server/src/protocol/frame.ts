const SHORT_HEADER_BYTES = 2;
const HEADER_16_BIT_BYTES = 4;
const HEADER_64_BIT_BYTES = 10;
/** FIN and the opcode of a text message (RFC 6455, section 5.2). */
const FINAL_TEXT = 0x81;

/**
 * One outgoing message, encoded once however many clients receive it: its JSON, and the whole unmasked WebSocket frame
 * around it.
 */
export type Frame = {
  /** The JSON text in UTF-8. */
  readonly payload: Buffer;
  /** Header and payload in one piece, ready for the socket (RFC 6455, section 5.2). */
  readonly webSocket: Buffer;
};

/** @param json the text of the message */
export function prepareFrame(json: string): Frame {
  const length = Buffer.byteLength(json);
  const frame = createFrame(length);
  frame.payload.write(json, 0, "utf8");
  return frame;
}

/** @param payload the text of the message in UTF-8; it is copied */
export function prepareFrameOf(payload: Buffer): Frame {
  const frame = createFrame(payload.length);
  payload.copy(frame.payload);
  return frame;
}

/** A frame whose payload is still to be written. */
function createFrame(length: number): Frame {
  const header = length < 126 ? SHORT_HEADER_BYTES : length < 65_536 ? HEADER_16_BIT_BYTES : HEADER_64_BIT_BYTES;
  const webSocket = Buffer.allocUnsafe(header + length);
  webSocket[0] = FINAL_TEXT;
  if (header === SHORT_HEADER_BYTES) {
    webSocket[1] = length;
  } else if (header === HEADER_16_BIT_BYTES) {
    webSocket[1] = 126;
    webSocket.writeUInt16BE(length, 2);
  } else {
    webSocket[1] = 127;
    webSocket.writeUInt32BE(0, 2);
    webSocket.writeUInt32BE(length, 6);
  }
  return { payload: webSocket.subarray(header), webSocket };
}
