import type { Panel } from "./panel.ts";
import { ADMIN, type Person } from "./session.ts";

/** Owns `zhangsan`. */
export const MEMBER: Person = { username: "zhang", password: "four boats under a bridge" };
const OPERATOR: Person = { username: "olga", password: "nine kettles on the moon" };

/** Users of each kind, in each state, and what they have done. */
export async function settlePeople({ client }: Panel): Promise<void> {
  await client.users.create.mutate({ ...MEMBER, displayName: "张三丰", role: "member" });
  await client.users.create.mutate({ ...OPERATOR, displayName: "Olga Petrova", role: "operator" });
  await client.users.create.mutate({ username: "li", displayName: "Xiao Li", role: "member" });
  await client.users.create.mutate({ username: "gone", displayName: "Gone", role: "member" });
  await client.users.update.mutate({ username: "gone", disabled: true });
  await client.instances.assign.mutate({ ids: ["zhangsan"], owner: MEMBER.username });
  await client.tokens.create.mutate({
    ...{ name: "nightly backups", scope: "operate" },
    password: ADMIN.password,
  });
  await client.users.remove.mutate({ username: "nobody" }).catch(() => {});
}
