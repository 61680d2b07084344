import { portal } from "../../../../../portal";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = portal.mount("/interaction/[uid]/passkey/options");
