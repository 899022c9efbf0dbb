import { z } from "zod";
import {
  foldWebhookPaths,
  MOST_WEBHOOK_PATHS,
  type WebhookPathProblem,
  webhookPathProblem,
} from "./webhook-rules.ts";

const SENTENCES: Record<WebhookPathProblem, string> = {
  relative: "A webhook path must begin with a slash, as /wecom/callback does.",
  root: "A webhook path must not be the root, which would open the whole instance. Name the path of the channel.",
  long: "A webhook path must be at most 200 characters long.",
  reserved:
    "A webhook path must not open /api/v1/admin or /.claw, which only the panel uses. Name the path of the channel.",
  unusual:
    "A webhook path must consist of letters, digits and the characters - . _ ~ @ : = + between single slashes; no part may begin with a dot.",
};

/** The paths of an instance that callers without a session reach, tidied; none by default. */
export const WebhookPaths = z
  .array(z.string().max(1_000))
  .max(1_000)
  .transform(foldWebhookPaths)
  .superRefine((paths, ctx) => {
    for (const path of paths) {
      const problem = webhookPathProblem(path);
      if (problem) ctx.addIssue({ code: "custom", message: SENTENCES[problem] });
    }
  })
  .refine(
    (paths) => paths.length <= MOST_WEBHOOK_PATHS,
    `An instance can have at most ${MOST_WEBHOOK_PATHS} webhook paths.`,
  );
