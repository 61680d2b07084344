import { mount } from "@mgs/portal/mount";
import { base } from "../../../composition";
import { finishSignIn } from "../../../features/sign-in/start-sign-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mount(() =>
  base().api.tools.publicRoute({ GET: ({ request }) => finishSignIn(request, base().sessions) }),
);
