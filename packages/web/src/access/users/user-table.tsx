import type { User } from "@claw/core/access/user";
import { Index } from "solid-js";
import { t } from "../../i18n/i18n.ts";
import { UserRow, type UserTableProps } from "./user-row.tsx";

const HEAD = "h-9 px-3 text-left text-xs font-medium text-text-3";

/** A table; cards on a phone. */
export function UserTable(props: UserTableProps & { users: readonly User[] }) {
  return (
    <div class="overflow-clip rounded-lg border bg-surface">
      <table class="w-full max-sm:block">
        <caption class="sr-only">{t("nav.users")}</caption>
        <thead class="shadow-[inset_0_-1px_var(--color-line)] max-sm:hidden">
          <tr>
            <th scope="col" class={HEAD}>
              {t("users.column.user")}
            </th>
            <th scope="col" class={`${HEAD} w-36`}>
              {t("users.column.role")}
            </th>
            <th scope="col" class={`${HEAD} w-52`}>
              {t("users.column.state")}
            </th>
            <th scope="col" class={`${HEAD} w-24 max-lg:hidden`}>
              {t("users.column.instances")}
            </th>
            <th scope="col" class={`${HEAD} w-48 max-lg:hidden`}>
              {t("users.column.lastLogin")}
            </th>
            <th scope="col" class={`${HEAD} w-14`}>
              <span class="sr-only">{t("instances.column.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody class="max-sm:block">
          {/* Indexed by position: a focused row keeps the focus when the list is reloaded. */}
          <Index each={props.users}>
            {(user) => <UserRow user={user()} changes={props.changes} onAsk={props.onAsk} />}
          </Index>
        </tbody>
      </table>
    </div>
  );
}
