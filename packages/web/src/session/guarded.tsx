import { type Component, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { lazyPart } from "../ui/lazy-part.tsx";
import { type Permission, useMay } from "./may.ts";

const ForbiddenPage = lazyPart(() => import("./forbidden-page.tsx"), "ForbiddenPage");

/** `page` for users with the permission; an explanation for everyone else. */
export function guarded(permission: Permission, page: Component): Component {
  return () => {
    const may = useMay();
    return (
      <Show when={may(permission)} fallback={<ForbiddenPage />}>
        <Dynamic component={page} />
      </Show>
    );
  };
}
