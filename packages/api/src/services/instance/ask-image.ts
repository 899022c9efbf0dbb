import { hasInclude, imageIssues } from "@claw/core/config-schema/image-issues";
import type { ConfigIssue, Unjudged } from "@claw/core/config-views";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { parseJson5Object } from "@claw/core/json5-edit";
import type { AppContext } from "../../context.ts";
import { addedTo, refusalOf, sayingOf, shownOf } from "./check-config.ts";
import { findInstance } from "./find-instance.ts";
import { imageIdOf } from "./image-id-of.ts";

/** Only a gateway knows what its instance's own plugins provide. */
const OWN_PLUGINS =
  "The image does not know plugins in the instance's own folder: if one of them is meant, start the instance and save then.";

interface Text {
  id: InstanceId;
  text: string;
  /** The user who waits for the answer. */
  by: string | null;
}

interface Heard {
  /** Why the image was not heard; null: it was. */
  unjudged: Unjudged | null;
  /** A sentence about its word for the user; null: there is nothing to say. */
  note: string | null;
}

/**
 * Asks the image for what its schema cannot say, and throws CONFIG_INVALID for what OpenClaw would
 * not start with, unless the file has the same already. An image that has no word for a text keeps
 * nobody from saving it, but it is told.
 */
export async function requireImageWord(ctx: AppContext, input: Text): Promise<Heard> {
  let issues: ConfigIssue[];
  try {
    issues = await wordOn(ctx, input);
  } catch (error) {
    if (!(error instanceof DomainError) || ctx.runtime.live.signal.aborted) throw error;
    const { reason, message } = error;
    return { unjudged: { reason, message }, note: `Only its schema was checked: ${message}` };
  }
  const [first] = issues;
  if (!first) return { unjudged: null, note: null };
  const added = addedTo(await wordOnFile(ctx, input), issues);
  if (added.length > 0) throw refusedFor(issues, added);
  const note = `As before, OpenClaw would not start with this: line ${first.line}: ${sayingOf(first)}.`;
  return { unjudged: null, note };
}

function refusedFor(issues: readonly ConfigIssue[], added: readonly ConfigIssue[]): DomainError {
  const isOwn = added.some(({ message }) => /unknown channel|plugin/i.test(message));
  const refusal = refusalOf(issues);
  return new DomainError("CONFIG_INVALID", isOwn ? `${refusal} ${OWN_PLUGINS}` : refusal, {
    issues: shownOf(issues, added),
  });
}

/** A file that cannot be judged excuses nothing. */
async function wordOnFile(ctx: AppContext, { id, by }: Text): Promise<ConfigIssue[]> {
  const text = await ctx.disk.storage.readConfig(id);
  try {
    return text === null ? [] : await wordOn(ctx, { id, text, by });
  } catch (error) {
    if (!(error instanceof DomainError) || ctx.runtime.live.signal.aborted) throw error;
    return [];
  }
}

async function wordOn(ctx: AppContext, { id, text, by }: Text): Promise<ConfigIssue[]> {
  const value = parseJson5Object(text);
  if (hasInclude(value))
    throw new DomainError(
      "NOT_SUPPORTED",
      "It includes other files of the instance, which its image does not see.",
    );
  const imageId = await imageIdOf(ctx, await findInstance(ctx, id));
  return imageIssues(text, value, await ctx.runtime.imageWord.of({ imageId, id, text, by }));
}
