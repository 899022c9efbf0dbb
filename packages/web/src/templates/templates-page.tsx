import { useNavigate, useParams } from "@solidjs/router";
import { createEffect, createSignal, on, Show } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { createCall } from "../api/create-call.ts";
import { createQuery } from "../api/create-query.ts";
import { FailureNotice } from "../api/failure-notice.tsx";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { Opened } from "./create-template-edit.ts";
import { NewTemplateDialog } from "./new-template-dialog.tsx";
import { TemplateList } from "./template-list.tsx";
import { TemplateView } from "./template-view.tsx";

const VARIABLES = "{{id}}, {{name}}, {{label}}, {{timezone}}, {{group}}, {{token}}";
/** Begins the addresses of drafts, each of which has its own: no id of a template is like this. */
const NEW = "new-";

/** The templates of configurations, and the text of the one in the address. */
export function TemplatesPage() {
  const { templates } = useApi().trpc;
  const params = useParams<{ id?: string }>();
  const navigate = useNavigate();
  const query = createQuery((signal) => templates.list.query(undefined, { signal }));
  const [opened, setOpened] = createSignal<Opened>();
  const [asking, setAsking] = createSignal(false);
  const open = createCall(async (id: string) => {
    const one = await templates.get.query({ id });
    if (params.id === id) setOpened(one);
  });
  const drafts: Opened[] = [];
  createEffect(
    on(
      () => params.id,
      (id) => {
        const isDraft = id?.startsWith(NEW) ?? false;
        setOpened(isDraft ? drafts[Number(id?.slice(NEW.length))] : undefined);
        if (id !== undefined && !isDraft) void open.run(id);
      },
    ),
  );
  const isDefault = () => query.data()?.find(({ id }) => id === params.id)?.isDefault ?? false;
  const draft = (text: Opened) => {
    setAsking(false);
    // Opened with its address, which unsaved text elsewhere may keep from changing.
    navigate(paths.template(`${NEW}${drafts.push(text) - 1}`));
  };
  return (
    <Page
      fill
      title={t("templates.title")}
      actions={
        <Button variant="primary" icon="plus" onClick={() => setAsking(true)}>
          {t("templates.new")}
        </Button>
      }
    >
      <p class="max-w-3xl text-text-2">{t("templates.text", { variables: VARIABLES })}</p>
      <Show when={query.error() ?? open.error()}>
        {(error) => (
          <FailureNotice error={error()} retrying={query.fetching()} onRetry={query.refetch} />
        )}
      </Show>
      <div class="flex min-h-0 flex-1 gap-4 max-lg:flex-col">
        <div class="shrink-0 lg:w-72">
          <Show when={query.data()} fallback={<Skeleton class="h-24 w-full rounded-lg" />}>
            {(list) => <TemplateList templates={list()} />}
          </Show>
        </div>
        <Show keyed when={opened()} fallback={<Nothing isLoading={open.busy()} />}>
          {(one) => (
            <TemplateView
              opened={one}
              isDefault={isDefault()}
              onSaved={(saved) => {
                void query.refetch();
                if (!("id" in one)) navigate(paths.template(saved.id), { replace: true });
              }}
              onDeleted={() => {
                void query.refetch();
                navigate(paths.templates, { replace: true });
              }}
            />
          )}
        </Show>
      </div>
      <Show when={asking()}>
        <NewTemplateDialog onDraft={draft} onClose={() => setAsking(false)} />
      </Show>
    </Page>
  );
}

function Nothing(props: { isLoading: boolean }) {
  return (
    <div class="flex-1">
      <Show when={!props.isLoading} fallback={<Skeleton class="h-96 w-full rounded-lg" />}>
        <EmptyState title={t("templates.none")} text={t("templates.none.text")} />
      </Show>
    </div>
  );
}
