/** Where a person goes after logging in. Pure. */

import type { Role } from "../shared/api/contract";

const HOMES: Partial<Record<Role, string>> = { merchant: "/merchant", dispatcher: "/dispatch", operator: "/dispatch" };

/** Back to where she came from, if that is a page of ours; else to the screen of her role. */
export function nextPage(asked: string | null, role: Role): string {
  const ours = asked !== null && /^\/(?![/\\])/.test(asked) && !asked.startsWith("/login");
  return ours ? asked : (HOMES[role] ?? "/");
}
