import { mount } from "@mgs/portal/mount";
import { composition } from "../../../../../composition";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(() => composition().signIn.finishSignIn);
