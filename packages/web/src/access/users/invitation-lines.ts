import { type Invitation, type User, Username } from "@claw/core/access/user";
import { type LineProblem, type PreviewLine, readLines } from "../../bulk/preview-lines.ts";

/** A last word after blanks that is a user name rather than the end of a name. */
const LIKE_A_USER = /^[a-z0-9][a-z0-9._-]*$/;

/**
 * The invitations that lines such as `zhangsan 张三 zhang` describe, with the errors of each line.
 * Without a user name the id is one. Somebody who has an invitation already, and nothing else, may
 * be invited again: the panel completes what is missing and replaces the link.
 */
export async function previewInvitations(
  text: string,
  ids: ReadonlySet<string>,
  users: readonly User[],
): Promise<PreviewLine[]> {
  const known = new Map(users.map((user) => [user.username, user]));
  const isUser = (word: string) => LIKE_A_USER.test(word);
  const lines = await readLines(text, { existing: ids, avoided: known.keys(), isUser });
  const firstOf = new Map<string, number>();
  return lines.map((line) => {
    const owner = line.owner ?? line.id;
    const user = known.get(owner);
    const again = user !== undefined && isSameInvitation(user, line, ids);
    const first = firstOf.get(owner);
    if (first === undefined) firstOf.set(owner, line.number);
    const ofId = again && line.problem?.code === "exists" ? null : line.problem;
    return { ...line, owner, again, problem: ofId ?? userProblem(owner, user && !again, first) };
  });
}

/** As the panel sees it: a member without a password, and the instance is theirs or nobody's. */
function isSameInvitation(user: User, line: PreviewLine, ids: ReadonlySet<string>): boolean {
  const isPending = user.role === "member" && !user.hasPassword && !user.disabled;
  const isTheirs = user.instanceIds.includes(line.id) || !ids.has(line.id);
  return isPending && isTheirs && user.displayName === line.name.trim();
}

function userProblem(
  username: string,
  isTaken: boolean | undefined,
  first: number | undefined,
): LineProblem | null {
  if (!Username.safeParse(username).success) return { code: "username" };
  if (isTaken) return { code: "userTaken" };
  return first === undefined ? null : { code: "sameUser", line: first };
}

/** Of a line without a problem. */
export function invitationOf({ id, name, owner }: PreviewLine): Invitation {
  const displayName = name.trim();
  return { username: owner ?? id, displayName, instance: { id, name: displayName } };
}
