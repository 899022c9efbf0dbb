import { type Component, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { lazyPart } from "../ui/lazy-part.tsx";
import { type AuditDraft, useMay } from "./may.ts";

const ForbiddenPage = lazyPart(() => import("./forbidden-page.tsx"), "ForbiddenPage");

/** `page` for users with the permission; an explanation for everyone else. */
export function guarded(audit: AuditDraft, page: Component): Component {
  return () => {
    const may = useMay();
    return (
      <Show when={may(audit)} fallback={<ForbiddenPage />}>
        <Dynamic component={page} />
      </Show>
    );
  };
}
