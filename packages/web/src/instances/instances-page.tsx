import { createSignal, lazy, Show, Suspense } from "solid-js";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Page } from "../ui/page.tsx";
import { createInstanceList } from "./create-instance-list.ts";
import { InstanceTable } from "./instance-table.tsx";
import { InstanceToolbar } from "./instance-toolbar.tsx";

const DeleteDialog = lazy(async () => ({
  default: (await import("./delete-dialog.tsx")).DeleteDialog,
}));
/** Holds the rules for ids and names, which are loaded when first needed. */
const loadCreateDialog = () => import("./create-dialog.tsx");
const CreateDialog = lazy(async () => ({ default: (await loadCreateDialog()).CreateDialog }));

export function InstancesPage() {
  const live = useLive();
  const list = createInstanceList(live.instances.list);
  const [creating, setCreating] = createSignal(false);
  const [deleting, setDeleting] = createSignal<Instance>();
  const isEmpty = () => live.instances.loaded() && live.instances.list().length === 0;

  const createButton = () => (
    <Button
      variant="primary"
      icon="plus"
      onPointerEnter={() => void loadCreateDialog()}
      onClick={() => setCreating(true)}
    >
      {t("instances.create")}
    </Button>
  );
  return (
    <Page title={t("nav.instances")} actions={<Show when={!isEmpty()}>{createButton()}</Show>}>
      <Show
        when={!isEmpty()}
        fallback={
          <EmptyState
            drawing
            title={t("instances.empty")}
            text={t("instances.empty.text")}
            action={createButton()}
          />
        }
      >
        <InstanceToolbar list={list} />
        <Show
          when={!live.instances.loaded() || list.visible().length > 0}
          fallback={
            <EmptyState
              title={t("instances.noMatch")}
              action={<Button onClick={list.clear}>{t("instances.clearFilter")}</Button>}
            />
          }
        >
          <InstanceTable
            instances={list.visible()}
            loading={!live.instances.loaded()}
            onDelete={setDeleting}
          />
        </Show>
      </Show>
      <Suspense>
        <Show when={creating()}>
          <CreateDialog onClose={() => setCreating(false)} />
        </Show>
        <Show when={deleting()}>
          {(instance) => (
            <DeleteDialog instance={instance()} onClose={() => setDeleting(undefined)} />
          )}
        </Show>
      </Suspense>
    </Page>
  );
}
