import { portal } from "../../../../../portal";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = portal.mount("/interaction/[uid]/enrolment/passkey");
