import { mount } from "@mgs/portal/mount";
import { base } from "../../../composition";
import { startSignIn } from "../../../features/sign-in/start-sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(() =>
  base().api.tools.publicRoute({ GET: ({ request }) => startSignIn(request) }),
);
