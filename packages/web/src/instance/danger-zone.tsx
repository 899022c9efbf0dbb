import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";
import type { DataChoice } from "../actions/delete-dialog.tsx";
import type { Instance } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { Button } from "../ui/button.tsx";
import { lazyPart } from "../ui/lazy-part.tsx";

const DeleteDialog = lazyPart(() => import("../actions/delete-dialog.tsx"), "DeleteDialog");

/** Irreversible actions, each with its effect. */
export function DangerZone(props: { instance: Instance }) {
  const navigate = useNavigate();
  const [choice, setChoice] = createSignal<DataChoice>();
  return (
    <div class="divide-y rounded-lg border bg-surface">
      <Item
        title={t("danger.delete")}
        text={t("danger.delete.text", { id: props.instance.id })}
        button={t("danger.delete.button")}
        onClick={() => setChoice("keep")}
      />
      <Item
        title={t("danger.purge")}
        text={t("danger.purge.text")}
        button={t("danger.purge.button")}
        onClick={() => setChoice("delete")}
      />
      <Show when={choice()}>
        {(chosen) => (
          <DeleteDialog
            instance={props.instance}
            choice={chosen()}
            onClose={() => setChoice(undefined)}
            onDeleted={() => navigate(paths.instances)}
          />
        )}
      </Show>
    </div>
  );
}

function Item(props: { title: string; text: string; button: string; onClick: () => void }) {
  return (
    <section class="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4">
      <div class="min-w-0 flex-1 basis-64">
        <h2 class="font-medium">{props.title}</h2>
        <p class="text-sm text-text-2">{props.text}</p>
      </div>
      <Button variant="danger" icon="trash" onClick={props.onClick}>
        {props.button}
      </Button>
    </section>
  );
}
