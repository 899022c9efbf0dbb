import {
  ConfigTemplate,
  TemplateChange,
  TemplateDraft,
  TemplateSummary,
} from "@claw/core/config-templates";
import { InstanceId } from "@claw/core/instance";
import { TemplateId } from "@claw/core/template-id";
import { z } from "zod";
import { draftTemplate } from "../services/template/draft-template.ts";
import { listTemplates, readTemplate } from "../services/template/find-template.ts";
import { removeTemplate } from "../services/template/remove-template.ts";
import { saveTemplate } from "../services/template/save-template.ts";
import { procedure, router } from "./init.ts";

const ById = z.object({ id: TemplateId });
const OfInstance = z.object({ id: InstanceId });

const admin = { who: "administrator", does: "admin" } as const;
const onTemplate = { ...admin, on: "template" } as const;

/** Those who create instances choose one; texts may hold what only administrators should read. */
export const templateRouter = router({
  list: procedure({ who: "operator", does: "read" })
    .output(z.array(TemplateSummary))
    .query(({ ctx }) => listTemplates(ctx.app)),
  get: procedure(onTemplate)
    .input(ById)
    .output(ConfigTemplate)
    .query(({ ctx, input }) => readTemplate(ctx.app, input)),
  save: procedure(onTemplate)
    .input(TemplateChange)
    .output(ConfigTemplate)
    .mutation(({ ctx, input }) => saveTemplate(ctx.app, input, ctx.viewer.user.username)),
  remove: procedure(onTemplate)
    .input(ById)
    .output(ById)
    .mutation(({ ctx, input }) => removeTemplate(ctx.app, input)),
  /** A new text, made from an instance's configuration. */
  draft: procedure({ ...admin, on: "instance" })
    .input(OfInstance)
    .output(TemplateDraft)
    .query(({ ctx, input }) => draftTemplate(ctx.app, input)),
});
