import { expect, it } from "vitest";
import { nextPage } from "./next";

it.each([
  ["/merchant?view=shipments", "merchant", "/merchant?view=shipments"],
  [null, "dispatcher", "/dispatch"],
  [null, "merchant", "/merchant"],
  [null, "driver", "/"],
  ["//evil.example/", "merchant", "/merchant"],
  ["/\\evil.example", "merchant", "/merchant"],
  ["https://evil.example/", "merchant", "/merchant"],
  ["/login?next=/login", "merchant", "/merchant"],
] as const)("asked for %s as %s: %s", (asked, role, page) => {
  expect(nextPage(asked, role)).toBe(page);
});
